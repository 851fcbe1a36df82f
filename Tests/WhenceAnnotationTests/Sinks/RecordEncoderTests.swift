import Foundation
import Testing
import WhenceExplanation
import WhenceLoader
import WhenceRendering

@testable import WhenceAnnotation

@Suite("Records")
struct RecordEncoderTests {
    /// The record of a row, without its line break.
    private func record(
        _ row: AnnotatedRow, task: AnnotationTask = .sentiment, detail: AnnotationDetail = .graphs
    ) throws -> String {
        var encoder = RecordEncoder(task: task, detail: detail)
        var json = JSONBytes()
        try encoder.append(row, to: &json)
        let text = try #require(String(validating: json.bytes, as: UTF8.self))
        #expect(text.last == "\n")
        return String(text.dropLast())
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// A row with nothing beside the document.
    private func bare(_ row: AnnotatedRow) -> AnnotatedRow {
        var row = row
        row.row.kept = []
        row.row.place.line = nil
        return row
    }

    @Test("A record has the bytes of the general encoder", arguments: 0..<24)
    func sameBytesOfSentiment(index: Int) throws {
        guard case .sentiment(var explanation) = AnnotatedSamples.row(index).outcome else { return }
        explanation.status.elapsedMilliseconds = nil
        let record = try record(bare(AnnotatedSamples.row(index)))
        let expected = try explanation.json(layout: .oneLine).dropLast()
        #expect(record.replacing("\"row\":{\"index\":\(index)},", with: "") == expected)
        #expect(try SentimentExplanation(json: record.utf8) == explanation)
    }

    @Test("A record of a recommendation has the bytes of the general encoder", arguments: 0..<24)
    func sameBytesOfRecommendation(index: Int) throws {
        let row = AnnotatedSamples.row(index, task: .recommendation)
        guard case .recommendation(var explanation) = row.outcome else { return }
        explanation.status.elapsedMilliseconds = nil
        let record = try record(bare(row), task: .recommendation)
        let expected = try explanation.json(layout: .oneLine).dropLast()
        #expect(record.replacing("\"row\":{\"index\":\(index)},", with: "") == expected)
        #expect(try RecommendationExplanation(json: record.utf8) == explanation)
    }

    @Test("Numbers and strings of every kind have the bytes of the general encoder")
    func values() throws {
        let scalars =
            (0..<0x11000).compactMap { Unicode.Scalar($0) } + ["\u{1F600}", "\u{10FFFF}", "\u{E0001}"]
        let text = String(String.UnicodeScalarView(scalars))
        let numbers = [
            0, -0.0, 1, -1, 0.1, 1.0 / 3, 1e15, 1e16, 1e-4, 1e-5, 2.5e-7, Double.leastNonzeroMagnitude,
            2.2250738585072014e-308,
            1.7976931348623157e308, 123_456_789.125, 4_503_599_627_370_496.5,
        ]
        var json = JSONBytes()
        json.object { json in
            json.key("numbers")
            json.numbers(numbers)
            json.key("text")
            json.string(text)
            json.key("whole")
            json.numbers([Int.min, -1, 0, Int.max])
        }
        json.endLine()
        struct Values: Encodable {
            var numbers: [Double]
            var text: String
            var whole = [Int.min, -1, 0, Int.max]
        }
        let expected = try jsonText(of: Values(numbers: numbers, text: text), layout: .oneLine)
        #expect(json.bytes == Array(expected.utf8))
        #expect(!json.holdsNotFinite)
        json.number(Double.nan)
        #expect(json.holdsNotFinite)
    }

    @Test("Kept fields stand beside the document's, and where their names clash, in row.fields")
    func keptFields() throws {
        var row = AnnotatedSamples.row(1)
        row.row.kept = [
            JSONField(name: "zeta", json: "[1,2]"), JSONField(name: "prediction", json: "null"),
            JSONField(name: "Alpha", json: "{\"a\":1e400}"), JSONField(name: "row", json: "7"),
            JSONField(name: "in\"put", json: "true"), JSONField(name: "zeta", json: "\"last\""),
            JSONField(name: "merged", json: "1"),
        ]
        row.row.place = .init(file: "texts/a/b.txt", member: "a/b.txt", line: 2)
        let text = try record(row)
        #expect(text.hasPrefix("{\"Alpha\":{\"a\":1e400},\"explanations\":["))
        #expect(text.hasSuffix(",\"task\":\"sentiment\",\"zeta\":\"last\"}"))
        #expect(text.contains(",\"in\\\"put\":true,\"input\":{"))
        #expect(
            text.contains(
                "\"row\":{\"fields\":{\"merged\":1,\"prediction\":null,\"row\":7},\"file\":\"a/b.txt\","
                    + "\"index\":1,\"line\":2}"))
        #expect(throws: Never.self) { try SentimentExplanation(json: text.utf8) }
    }

    @Test("Names that only look alike are two fields")
    func equivalentNames() throws {
        var row = AnnotatedSamples.row(1)
        // One letter, and a letter with an accent behind it.
        row.row.kept = [
            JSONField(name: "caf\u{E9}", json: "1"), JSONField(name: "cafe\u{301}", json: "2"),
            JSONField(name: "caf\u{E9}", json: "3"),
        ]
        let expected = "{\"cafe\u{301}\":2,\"caf\u{E9}\":3,\"explanations\":["
        #expect(try record(row).utf8.starts(with: expected.utf8))
    }

    @Test("Names are in order of their bytes", arguments: AnnotationTask.allCases, AnnotationDetail.allCases)
    func order(task: AnnotationTask, detail: AnnotationDetail) throws {
        for index in 1..<5 {
            let text = try record(AnnotatedSamples.row(index, task: task), task: task, detail: detail)
            let names = try object(text).keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            var rest = text[...]
            for name in names {
                let place = try #require(rest.range(of: "\"\(name)\":"), "\(name) is not in its place")
                rest = rest[place.upperBound...]
            }
        }
    }

    @Test("An explanation without graphs reads back; a prediction has no more than it needs")
    func details() throws {
        let row = AnnotatedSamples.row(2)
        guard case .sentiment(var explanation) = row.outcome else { return }
        explanation.graphs = []
        explanation.status.elapsedMilliseconds = nil
        let record = try record(row, detail: .explanation)
        #expect(record.contains("\"graphs\":[]"))
        #expect(try SentimentExplanation(json: record.utf8) == explanation)

        let short = try object(try self.record(row, detail: .prediction))
        #expect(
            short.keys.sorted() == [
                "id", "input", "model", "prediction", "row", "schema", "settings", "stars", "task",
            ])
        let input = try #require(short["input"] as? [String: Any])
        #expect(input["text"] as? String == explanation.input.text)
        #expect(input["unseenFrom"] is NSNull)
        #expect(input.count == 2)

        let film = try object(
            try self.record(
                AnnotatedSamples.row(4, task: .recommendation), task: .recommendation, detail: .prediction))
        let history = try #require(film["input"] as? [String: Any])
        #expect(history.keys.sorted() == ["firstSeen", "history", "unknownItems", "user"])
        #expect((history["history"] as? [[String: Any]])?.first?.keys.sorted() == ["index", "item", "title"])
    }

    @Test("A row that failed says why; one that cannot be written fails")
    func failures() throws {
        let text = try record(AnnotatedSamples.row(3))
        #expect(
            text == """
                {"error":{"kind":"empty","reason":"The text has no words."},"id":"r3","row":{"index":3,"line":4},\
                "schema":"whence.explanation/1","stars":3,"task":"sentiment"}
                """)
        guard case .sentiment(var explanation) = AnnotatedSamples.row(1).outcome else { return }
        explanation.graphs[2].edges[0].pValue = .nan
        var row = AnnotatedSamples.row(1)
        row.outcome = .sentiment(explanation)
        #expect(try record(row).contains("\"error\":{\"kind\":\"model\",\"reason\":"))
        explanation.graphs[2].edges[0].pValue = 0
        explanation.graphs[2].edges[0].b = 1_000
        row.outcome = .sentiment(explanation)
        #expect(try record(row).contains("\"kind\":\"model\""))
    }
}
