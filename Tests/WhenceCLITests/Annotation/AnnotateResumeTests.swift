import Foundation
import Testing
import WhenceTestSupport

/// What happens to inputs and outputs that are not as a run wants them.
@Suite("whence annotate, inputs and outputs")
struct AnnotateResumeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ name: String) -> String { (folder / name).path }

    private func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder / name) }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    private func annotate(_ arguments: [String], input: Data = Data()) throws -> BuiltProgram.Result {
        try BuiltProgram.run(
            [
                "annotate", "sentiment", "--model", Repository.fixture("models/tf_albert_seqcls/model").path,
                "--fields", "prediction",
            ] + arguments, input: input)
    }

    /// Texts that differ from row to row; the fourth is none.
    private func rows(_ indices: some Sequence<Int>, word: String = "film") -> Data {
        Data(
            indices.map { index in
                "{\"id\":\(index),\"text\":\"\(index == 3 ? "" : "a \(word) about \(index) things")\"}\n"
            }.joined().utf8)
    }

    @Test("A file that is damaged in the middle gives the rows before, and once repaired the others")
    func damagedInput() throws {
        try rows(0..<60).write(to: folder / "rows.jsonl")
        let zip = Process()
        zip.executableURL = URL(filePath: "/usr/bin/env")
        zip.arguments = ["gzip", "-k", path("rows.jsonl")]
        try zip.run()
        zip.waitUntilExit()
        let packed = try bytes("rows.jsonl.gz")
        try packed.prefix(packed.count * 3 / 4).write(to: folder / "rows.jsonl.gz")
        let outputs = ["-o", path("out.jsonl"), "--database", path("out.db")]
        let input = ["--input", path("rows.jsonl.gz")]
        let cut = try annotate(input + outputs)
        #expect(cut.status == 65)
        #expect(cut.error.contains("cut off"), "\(cut.error)")
        #expect(cut.error.contains("rows before the damage are kept"), "\(cut.error)")
        let kept = String(decoding: try bytes("out.jsonl.partial"), as: UTF8.self).split(separator: "\n")
            .count
        #expect(kept > 5, "\(kept) rows")
        // Another file in its place is noticed; the repaired one is gone on with.
        try rows(0..<60, word: "book").write(to: folder / "rows.jsonl.gz")
        let other = try annotate(input + outputs + ["--resume"])
        #expect(other.status == 65)
        #expect(other.error.contains("the first \(kept) rows of the input are not those"), "\(other.error)")
        try packed.write(to: folder / "rows.jsonl.gz")
        let rest = try annotate(input + outputs + ["--resume"])
        #expect(rest.status == 1, "\(rest.error)")
        let whole = ["-o", path("whole.jsonl"), "--database", path("whole.db"), "--quiet"]
        #expect(try annotate(input + whole).status == 1)
        #expect(try bytes("out.jsonl") == bytes("whole.jsonl"))
        #expect(try bytes("out.db") == bytes("whole.db"))
        #expect(
            try names() == ["out.db", "out.jsonl", "rows.jsonl", "rows.jsonl.gz", "whole.db", "whole.jsonl"])
    }

    @Test(
        "Where there is no row, nothing is left behind",
        arguments: [("rows.jsonl", ""), ("rows.txt", ""), ("rows.csv", "id,text\n")])
    func emptyInput(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder / name)
        for start in [[], [], ["--force"], ["--resume"]] {
            let run = try annotate(["--input", path(name), "-o", path("out.jsonl")] + start)
            #expect(run.status == 65, "\(run.error)")
            #expect(try names() == [name])
        }
    }

    @Test("From the standard input, the rows that are done have to be the same again")
    func otherStream() throws {
        let output = ["--input", "-", "-o", path("out.jsonl")]
        let begun = try annotate(output + ["--fail-fast"], input: rows(0..<20))
        #expect(begun.status == 65)
        let other = try annotate(output + ["--resume"], input: rows(0..<20, word: "book"))
        #expect(other.status == 65)
        #expect(other.error.contains("the first 3 rows of the input are not those"), "\(other.error)")
        let fewer = try annotate(output + ["--resume"], input: rows(0..<2))
        #expect(fewer.status == 65)
        #expect(fewer.error.contains("3 rows were done and the input has 2 now"), "\(fewer.error)")
        let same = try annotate(output + ["--resume"], input: rows(0..<20))
        #expect(same.status == 1, "\(same.error)")
    }

    @Test("An output that is there is called finished only if it is what the run would write")
    func finished() throws {
        try rows(0..<12).write(to: folder / "rows.jsonl")
        let input = ["--input", path("rows.jsonl")]
        for (name, database) in [("out.jsonl", nil), ("out.db", nil), ("both.jsonl", "both.db")] {
            let outputs = ["-o", path(name)] + (database.map { ["--database", path($0)] } ?? [])
            #expect(try annotate(input + outputs).status == 1)
            let before = try bytes(name)
            let again = try annotate(input + outputs + ["--resume"])
            #expect(again.status == 1, "the exit code is that of the run: \(again.error)")
            #expect(again.error.contains("finished (12 rows, 1 of them bad)"), "\(again.error)")
            for (arguments, word) in [
                (["--alpha", "0.05"], "alpha was 0.01 and is 0.05"), (["--precision", "int8"], "precision"),
                (
                    ["--shard", "1/2"],
                    name.hasSuffix(".db") || database != nil ? "shard" : "is not about row 2"
                ),
                (["--fields", "explanation"], "detail was prediction and is explanation"),
            ] {
                let run = try annotate(input + outputs + arguments + ["--resume"])
                #expect(run.status == 65, "\(arguments): \(run.error)")
                #expect(run.error.contains(word), "\(arguments): \(run.error)")
            }
            for changed in [rows(0..<13), rows(0..<11), rows(0..<12, word: "book")] {
                try changed.write(to: folder / "changed.jsonl")
                let run = try annotate(["--input", path("changed.jsonl")] + outputs + ["--resume"])
                #expect(run.status == 65, "\(run.error)")
                #expect(run.error.contains("this run is not the one that was begun"), "\(run.error)")
            }
            #expect(try bytes(name) == before)
            // Something else under the name.
            for other in [Data(), Data("notes\n".utf8)] {
                try other.write(to: folder / name)
                let run = try annotate(input + outputs + ["--resume"])
                #expect(run.status == 65, "\(run.error)")
                #expect(try bytes(name) == other)
            }
        }
    }

    @Test("An output is never written over what is read")
    func outputIsInput() throws {
        let text = rows(0..<3)
        for name in ["io.jsonl", "x.jsonl.partial", "y.jsonl.journal"] {
            try text.write(to: folder / name)
        }
        try FileManager.default.createDirectory(at: folder / "texts", withIntermediateDirectories: false)
        try Data("fine".utf8).write(to: folder / "texts/a.txt")
        try FileManager.default.createSymbolicLink(
            atPath: path("link.jsonl"), withDestinationPath: path("io.jsonl"))
        let all = try names()
        for (input, outputs) in [
            ("io.jsonl", ["-o", path("io.jsonl")]), ("io.jsonl", ["-o", path("link.jsonl")]),
            ("io.jsonl", ["-o", path("out.jsonl"), "--database", path("texts/../io.jsonl")]),
            ("x.jsonl.partial", ["-o", path("x.jsonl")]), ("y.jsonl.journal", ["-o", path("y.jsonl")]),
            ("texts", ["-o", path("texts/a.txt")]), ("texts", ["-o", path("texts/b.txt")]),
        ] {
            for start in [[], ["--force"], ["--resume"]] {
                let run = try annotate(["--input", path(input)] + outputs + start)
                #expect(run.status == 64, "\(outputs): \(run.error)")
                #expect(run.error.contains("the output another name"), "\(run.error)")
            }
        }
        #expect(try names() == all)
        #expect(try bytes("io.jsonl") == text)
        let beside = try annotate(["--input", path("texts"), "-o", path("texts/out.jsonl")])
        #expect(beside.status == 0, "what is no text is not read: \(beside.error)")
    }

    @Test("A folder gives the same records however it is named")
    func folderNames() throws {
        try FileManager.default.createDirectory(at: folder / "texts/deep", withIntermediateDirectories: true)
        try Data("a charming film".utf8).write(to: folder / "texts/deep/a.txt")
        try Data([0x1F, 0x8B, 8, 0]).write(to: folder / "texts/b.txt.gz")
        var outputs: [String] = []
        for input in [path("texts"), path("texts") + "/", path("texts/deep/..")] {
            let run = try annotate(["--input", input, "-o", "-"])
            #expect(run.status == 1, "\(run.error)")
            outputs.append(run.output)
        }
        #expect(outputs[0].contains("\"row\":{\"file\":\"deep/a.txt\""), "\(outputs[0])")
        #expect(!outputs[0].contains(folder.url.path))
        #expect(outputs.allSatisfy { $0 == outputs[0] })
    }
}
