import Foundation
import Testing
import WhenceTestSupport

private let albert = Repository.fixture("models/tf_albert_seqcls/model").path

/// A file annotated by the program itself, with fields of its own.
private func annotated(_ texts: [String], in folder: TemporaryFolder, name: String = "rows.jsonl") throws
    -> String
{
    var lines: [String] = []
    for (index, text) in texts.enumerated() {
        let run = try BuiltProgram.run([
            "explain", "sentiment", "--model", albert, "--max-set-size", "1", "--exhaustive", "1", "--format",
            "json", text,
        ])
        var row = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        row["row"] = ["index": index, "line": index + 1]
        row["label"] = index % 2
        let line = try JSONSerialization.data(withJSONObject: row, options: [.sortedKeys])
        lines.append(String(decoding: line, as: UTF8.self))
    }
    lines.append(
        #"{"error":{"kind":"empty","reason":"…"},"row":{"index":\#(texts.count),"line":null},"schema":"whence.explanation/1"}"#
    )
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder / name)
    return (folder / name).path
}

@Suite("whence report")
struct ReportCommandTests {
    @Test("Explanations of the program itself give a report in every format")
    func formats() throws {
        let folder = try TemporaryFolder()
        let texts = [
            "A <script>alert(1)</script> film.", "A tedious film, but a charming one.", "Not bad at all.",
        ]
        let path = try annotated(texts, in: folder)

        let text = try BuiltProgram.run(["report", path, "--label-field", "label"])
        #expect(text.status == 0 && text.error.isEmpty, "\(text.error)")
        #expect(text.output.contains("1 row could not be annotated: 1 empty"))
        #expect(text.output.contains("Shortcuts") && text.output.contains("Confounded only"))
        #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })

        let json = try BuiltProgram.run([
            "report", path, "--against", path, "--format", "json", "--min-rows", "1",
        ])
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "whence.report/1")
        #expect((document["overview"] as? [String: Any])?["rows"] as? Int == 3)
        #expect((document["comparison"] as? [String: Any])?["sameShare"] as? Double == 1)
        // As many heads as the model has, for each of three rows.
        #expect((document["confounded"] as? [String: Any])?["graphs"] as? Int == 12)

        let page = folder / "report.html"
        let html = try BuiltProgram.run([
            "report", path, "--against", path, "--format", "html", "--min-rows", "1", "-o", page.path,
        ])
        #expect(html.status == 0 && html.output.isEmpty)
        let written = String(decoding: try Data(contentsOf: page), as: UTF8.self)
        #expect(written.hasPrefix("<!DOCTYPE html>") && !written.contains("alert(1)</script>"))
        #expect(try BuiltProgram.run(["report", path, "--format", "html", "-o", page.path]).status == 73)
    }

    @Test("The standard input is read as a file is")
    func standardInput() throws {
        let folder = try TemporaryFolder()
        let path = try annotated(["A film."], in: folder)
        let input = try Data(contentsOf: URL(filePath: path))
        let piped = try BuiltProgram.run(["report", "-", "--format", "json"], input: input)
        let read = try BuiltProgram.run(["report", path, "--format", "json"])
        #expect(piped.status == 0)
        #expect(
            piped.output.replacing("\"standard input\"", with: "")
                == read.output.replacing("\"\(path)\"", with: ""))
    }

    @Test(
        "Exit codes tell usage, bad data and a missing file apart",
        arguments: [
            (["report"], 64), (["report", "-", "--against", "-"], 64), (["report", "x", "--level", "1"], 64),
            (["report", "x", "--min-rows", "0"], 64), (["report", "/nowhere.jsonl"], 66),
            (["report", "-"], 65),
        ] as [([String], Int32)])
    func exitCodes(arguments: [String], status: Int32) throws {
        let run = try BuiltProgram.run(arguments)
        #expect(run.status == status && run.output.isEmpty && !run.error.isEmpty, "\(run.error)")
    }

    @Test("What is no annotated data set is told with its line")
    func badData() throws {
        let run = try BuiltProgram.run(["report", "-"], input: Data("sentence\tlabel\nfine\t1\n".utf8))
        #expect(run.status == 65)
        #expect(
            run.error
                == "whence: standard input, line 1: this is no annotated row: at the line: expected an object.\n"
        )
    }
}
