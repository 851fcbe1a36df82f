import Foundation
import Testing
import WhenceTestSupport

@Suite("whence annotate when nobody listens")
struct AnnotateStreamTests {
    /// A good row and a bad one, so that there is something to say at the end.
    private static let rows = Data("{\"text\":\"A charming film.\"}\n{\"text\":\"\"}\n".utf8)

    private func command(_ folder: TemporaryFolder, _ output: String) -> [String] {
        [
            "annotate", "sentiment", "--model", Repository.fixture("models/tf_albert_seqcls/model").path,
            "--input", (folder / "rows.jsonl").path, "-o", (folder / output).path, "--fields", "prediction",
        ]
    }

    /// What a run writes that can say what it has to say.
    private func expected(_ folder: TemporaryFolder) throws -> Data {
        try Self.rows.write(to: folder / "rows.jsonl")
        let run = try BuiltProgram.run(command(folder, "heard.jsonl"))
        #expect(run.status == 1 && run.error.contains("bad rows"), "\(run.error)")
        return try Data(contentsOf: folder / "heard.jsonl")
    }

    @Test("A standard error whose reader is gone ends no run")
    func readerIsGone() throws {
        let folder = try TemporaryFolder()
        let expected = try expected(folder)
        let process = Process()
        process.executableURL = BuiltProgram.path
        process.arguments = command(folder, "out.jsonl")
        let pipe = Pipe()
        process.standardError = pipe
        try pipe.fileHandleForReading.close()
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 1)
        #expect(try Data(contentsOf: folder / "out.jsonl") == expected)
    }

    @Test(
        "Nor does one that is closed, and no message lands in an output",
        arguments: ["2>&-", "0<&- 2>&-", "0<&- 1>&- 2>&-"])
    func isClosed(redirection: String) throws {
        let folder = try TemporaryFolder()
        let expected = try expected(folder)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", "\"$0\" \"$@\" \(redirection)", BuiltProgram.path.path] + command(folder, "out.jsonl")
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 1)
        #expect(try Data(contentsOf: folder / "out.jsonl") == expected)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
                "heard.jsonl", "out.jsonl", "rows.jsonl",
            ])
    }

    @Test("A standard output that is closed is said")
    func outputIsClosed() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "\"$0\" \"$@\" 1>&-", BuiltProgram.path.path, "inspect",
            Repository.fixture("models/tf_albert_seqcls/model").path,
        ]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 73 && said.contains("standard output"), "\(said)")
    }
}
