import Foundation
import Testing
import WhenceRendering
import WhenceTestSupport

@testable import WhenceAnnotation

@Suite("Files that cannot be reported on")
struct ReportInputTests {
    private static let good = SyntheticRows.Row(index: 0, words: ["a", "b"], explanations: [[0]])

    private func message(
        _ lines: [String], against other: [String]? = nil, labelField: String? = nil
    ) throws -> String {
        let folder = try TemporaryFolder()
        var settings = ReportSettings()
        settings.labelField = labelField
        let path = try SyntheticRows.file(lines, in: folder)
        let second = try other.map { try SyntheticRows.file($0, in: folder, name: "other.jsonl") }
        let error = #expect(throws: AnnotationError.self) {
            try DatasetReporter(settings: settings).report(on: path, against: second)
        }
        return try #require(error).description.replacing(folder.url.path + "/", with: "")
    }

    @Test(
        "A line that is none names the line and what is wrong there",
        arguments: [
            (
                "sentence,label",
                "rows.jsonl, line 2: this is no annotated row: at the line: expected an object."
            ),
            ("[1]", "rows.jsonl, line 2: this is no annotated row: at the line: expected an object."),
            (#"{"schema":"whence.graph/1","nodes":[]}"#, "line 2: the schema is “whence.graph/1”"),
            (
                #"{"schema":"whence.explanation/1","input":3,"row":{"index":7}}"#,
                "at input: expected an object."
            ),
            (#"{"text":"x"}"#, "at schema: it is missing; expected \"whence.explanation/1\"."),
            (#"{"schema":"whence.explanation/1""#, "at the line: expected a comma or }."),
            (
                SyntheticRows.failure(1, kind: "empty").replacing(
                    "\"index\":1", with: "\"index\":\(Int.max)"),
                "rows.jsonl, line 2: row 9223372036854775807 is more than a data set has rows."
            ),
        ])
    func badLine(line: String, expected: String) throws {
        let message = try message([Self.good.json, line])
        #expect(message.contains(expected), "\(message)")
    }

    @Test(
        "Members that point at nothing are refused",
        arguments: [
            (#""words":[0]}"#, #""words":[7]}"#, "explanations[0]: it names number 7"),
            (#""size":1"#, #""size":0"#, "explanations[0]: it names nothing"),
            (#""size":1"#, #""size":-1"#, "explanations[0].size: expected a number of 0 or more"),
            (#""size":1"#, #""size":99999999999999999999"#, "explanations[0].size: expected a whole number"),
            (#""start":2"#, #""start":9"#, "input.words[1]: it runs from byte 9 to 3"),
            (#""probability":0.9"#, #""probability":"x""#, "prediction.probability: expected a number"),
            (
                #""graphs":[]"#, #""graphs":[{"head":0,"target":4,"nodes":[]}]"#,
                "graphs[0].target: there is no such node"
            ),
            (#""graphs":[]"#, #""graphs":[{"head":-1}]"#, "graphs[0].head: expected a head's number"),
        ])
    func dangling(part: String, replacement: String, expected: String) throws {
        let message = try message([Self.good.json.replacing(part, with: replacement)])
        #expect(message.contains(expected), "\(message)")
    }

    @Test("A prediction alone, an empty file, errors alone and a database are told")
    func otherKinds() throws {
        let bare = Self.good.json.replacing(/"explanations":\[.*?\}\],/, with: "")
            .replacing(/,"words":\[.*?\}\]/, with: "")
        #expect(!bare.contains("\"words\":["))
        #expect(try message([bare]).contains("no explanations, which a report is about. Annotate"))
        #expect(try message([]) == "rows.jsonl: there are no rows.")
        let failures = (0..<3).map { SyntheticRows.failure($0, kind: "empty") }
        #expect(try message(failures).contains("all of its 3 rows are error records"))
        #expect(
            try message(["SQLite format 3\u{0}…"]).contains(
                "it cannot be read as a database of annotated rows: "))
    }

    @Test("Another task, model, order or data set is told")
    func mixed() throws {
        var next = SyntheticRows.Row(index: 1, words: ["a"], explanations: [[0]])
        #expect(try message([Self.good.json, Self.good.json]).contains("row 0 comes after row 0"))
        let recommendation =
            #"{"schema":"whence.explanation/1","task":"recommendation","row":{"index":1},"#
            + #""input":{"history":[{"item":"1","title":"A"}],"firstSeen":0},"explanations":[],"#
            + #""prediction":{"item":"2","title":"B"}}"#
        #expect(
            try message([Self.good.json, recommendation]).contains(
                "line 2: this row was annotated a recommendation"))
        next.model = next.model.replacing("0f0f", with: "1e1e")
        #expect(try message([Self.good.json, next.json]).contains("by another model than the rows before"))
        #expect(
            try message([
                Self.good.json, next.json.replacing("1e1e", with: "0f0f").replacing("31fa", with: "42"),
            ])
            .contains("with other settings"))
        let other = SyntheticRows.Row(index: 0, words: ["a", "c"], explanations: [[0]])
        #expect(
            try message([Self.good.json], against: [other.json]).contains(
                "other.jsonl, line 1: row 0 is not that of rows.jsonl, line 1: they are different texts."))
        let renamed = Self.good.json.replacing("positive", with: "POS").replacing("negative", with: "NEG")
        #expect(
            try message([Self.good.json], against: [renamed]).contains(
                "its labels (NEG, POS) are none of those"))
    }

    @Test("A field that no row has is told with those that there are")
    func labelField() throws {
        var row = Self.good
        row.gold = "1"
        let message = try message([row.json], labelField: "truth")
        #expect(message == "rows.jsonl: no row has the field “truth”; the first row has label.")
    }

    @Test("A true label whose name the record keeps for itself is read where the record put it")
    func clashingField() throws {
        let folder = try TemporaryFolder()
        let line = Self.good.json.replacing(#""row":{"#, with: #""row":{"fields":{"task":1},"#)
        var settings = ReportSettings()
        settings.labelField = "task"
        let report = try DatasetReporter(settings: settings).report(
            on: SyntheticRows.file([line], in: folder))
        #expect(report.overview.gold == DatasetReport.Overview.Gold(field: "task", rows: 1, correct: 1))
    }

    @Test("Every beginning of a line is refused, and none traps")
    func truncated() throws {
        var row = Self.good
        row.graphs = [[(0, "<->")]]
        row.gold = "caf\u{E9} \"x\" \u{1F600}"
        let bytes = Array(row.json.utf8)
        for length in 0..<bytes.count {
            #expect(throws: RenderingError.self, "\(length) bytes") {
                try AnnotatedLine(json: Array(bytes.prefix(length)), labelField: "label")
            }
        }
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] = 0x7D
            _ = try? AnnotatedLine(json: damaged, labelField: "label")
        }
        #expect(throws: RenderingError.self) {
            try AnnotatedLine(json: Array(repeating: UInt8(ascii: "["), count: 1_000_000))
        }
    }
}
