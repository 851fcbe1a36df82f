import Foundation
import Testing
import WhenceTestSupport

@Suite("whence extract")
struct ExtractTests {
    private static let model = Repository.fixture("models/tf_albert_seqcls/model").path

    private static func extract(_ input: URL, to output: String) throws -> BuiltProgram.Result {
        try BuiltProgram.run(
            ["extract", "--model", model, "--input", input.path, "--output", output, "--force"])
    }

    private static func texts() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try Data("a good film\na bad one\n".utf8).write(to: folder / "texts.txt")
        return folder
    }

    @Test("A pipe or device keeps its name: it is refused, not replaced by a file")
    func pipe() throws {
        let folder = try Self.texts()
        let pipe = (folder / "pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        let run = try Self.extract(folder / "texts.txt", to: pipe)
        #expect(run.status == 73)
        #expect(run.error.contains("\(pipe): cannot be written: it is no regular file"), "\(run.error)")
        var status = stat()
        #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }

    @Test(
        "A link stays, and what it leads to is replaced, or made",
        arguments: ["extract", "explain", "convert"],
        [true, false])
    func link(command: String, exists: Bool) throws {
        let folder = try Self.texts()
        if exists { try Data("old".utf8).write(to: folder / "real") }
        try FileManager.default.createSymbolicLink(
            atPath: (folder / "link").path, withDestinationPath: "real")
        let link = (folder / "link").path
        let run =
            switch command {
            case "extract": try Self.extract(folder / "texts.txt", to: link)
            case "explain":
                try BuiltProgram.run(
                    ["explain", "sentiment", "--model", Self.model, "a good film", "-o", link, "--force"])
            default:
                try BuiltProgram.run(
                    ["convert", "dataset", "-", "--from", "csv", "--to", "jsonl", "-o", link, "--force"],
                    input: Data("user,item\nu,a\n".utf8))
            }
        #expect(run.status == 0, "\(run.error)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real")
        #expect(try Data(contentsOf: folder / "real") != Data("old".utf8))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
                == ["link", "real", "texts.txt"])
    }

    @Test(
        "What would be misunderstood is refused",
        arguments: [
            (["--input", "texts.txt", "--output", "-"], "name one with --output"),
            (["--input", "texts.csv", "--output", "x.h5", "--text-field", "body"], "ends in .tsv"),
        ])
    func usage(arguments: [String], mention: String) throws {
        let run = try BuiltProgram.run(["extract"] + arguments)
        #expect(run.status == 64)
        #expect(run.error.contains(mention), "\(run.error)")
    }
}
