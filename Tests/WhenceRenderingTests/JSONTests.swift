import Foundation
import Testing
import WhenceExplanation
import WhenceLoader

@testable import WhenceRendering

@Suite("JSON")
struct JSONTests {
    @Test(
        "What is written reads back as the same value", arguments: Samples.all.map(\.name),
        [JSONLayout.indented, .oneLine])
    func roundTrip(sample: String, layout: JSONLayout) throws {
        let explanation = try #require(Samples.all.first { $0.name == sample }).explanation
        let text = try explanation.json(layout: layout)
        let read = try SentimentExplanation(json: text.utf8)
        #expect(read == explanation)
        #expect(try read.json(layout: layout) == text)
    }

    @Test("Both layouts hold the same; one of them is one line")
    func layouts() throws {
        let line = try Samples.hostile.json(layout: .oneLine)
        #expect(line.filter { $0 == "\n" }.count == 1)
        #expect(line.hasSuffix("}\n"))
        let both = try [line, Samples.hostile.json()].map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary)
        }
        #expect(both[0] == both[1])
    }

    @Test("Numbers read back exactly, in the fewest digits")
    func numbers() throws {
        var sample = Samples.charming
        let values = [
            0.1, 1.0 / 3, 2.2250738585072014e-308, 1.7976931348623157e308, -0.0, 2.5e-7, 123_456_789.125,
        ]
        sample.prediction.logits = Array(values.prefix(2))
        sample.graphs[0].edges = zip(sample.graphs[0].edges, values).map { edge, value in
            var changed = edge
            changed.pValue = value
            return changed
        }
        let text = try sample.json(layout: .oneLine)
        #expect(try SentimentExplanation(json: text.utf8) == sample)
        #expect(text.contains("\"logits\":[0.1,0.3333333333333333]"))
    }

    @Test("The contract's fields are there, null where there is no value")
    func fields() throws {
        let root = try object(Samples.hostile.json())
        #expect(root["schema"] as? String == "whence.explanation/1")
        #expect(root["task"] as? String == "sentiment")
        let settings = try #require(root["settings"] as? [String: Any])
        #expect(settings["samples"] is NSNull)
        #expect(settings["maxSetSize"] as? Int == 3)
        #expect(settings["heads"] as? String == "pooled")
        #expect((settings["hash"] as? String)?.count == 16)
        let graph = try #require((root["graphs"] as? [[String: Any]])?.first)
        #expect(graph["head"] as? String == "pooled")
        #expect(graph["status"] as? String == "anytime")
        #expect(graph["r"] as? Int == 2)
        let input = try #require(root["input"] as? [String: Any])
        let tokens = try #require(input["tokens"] as? [[String: Any]])
        #expect(tokens[0]["start"] is NSNull)
        #expect(tokens[0]["word"] is NSNull)
        #expect(tokens[1]["word"] as? Int == 0)
        #expect(try object(Samples.charming.json())["input"] is [String: Any])
    }

    @Test("The digest of the settings follows the settings, and only them")
    func digest() throws {
        func hash(_ sample: SentimentExplanation) throws -> String {
            let settings = try #require(try object(sample.json())["settings"] as? [String: Any])
            return try #require(settings["hash"] as? String)
        }
        var changed = Samples.charming
        changed.prediction.probability = 0.5
        #expect(try hash(changed) == hash(Samples.charming))
        changed.settings.alpha = 0.05
        #expect(try hash(changed) != hash(Samples.charming))
        // Frozen: a changed digest would make old documents look like made with other settings.
        var frozen = Samples.explanation(input: Samples.text("x"), prediction: Samples.binary(positive: 1))
        frozen.settings.maximumTests = nil
        #expect(try hash(frozen) == "319821dcce0e7905")
    }

    @Test("Fields that a later version adds are ignored")
    func unknownFields() throws {
        let text = try Samples.charming.json(layout: .oneLine)
            .replacing("\"task\":", with: "\"later\":{\"a\":[1]},\"task\":")
        #expect(try SentimentExplanation(json: text.utf8) == Samples.charming)
    }

    @Test("No scalar that steers a terminal is in the document")
    func nothingInvisible() throws {
        var sample = Samples.hostile
        sample.input.text += "\u{9B}2J\u{2067}\u{7F}"
        let text = try sample.json()
        let unsafe = text.unicodeScalars.filter { $0 != "\n" && $0.isUnsafeToShow }
        #expect(unsafe.isEmpty)
        #expect(try SentimentExplanation(json: text.utf8) == sample)
    }

    @Test(
        "An edge says how many heads have it where there are several, and is refused where it points at nothing"
    )
    func headShares() throws {
        let graphs = try #require(object(Samples.charming.json())["graphs"] as? [[String: Any]])
        let edges = try graphs.map { try #require($0["edges"] as? [[String: Any]]) }
        for edge in edges.joined() {
            let count = edges.count { list in
                list.contains { $0["a"] as? Int == edge["a"] as? Int && $0["b"] as? Int == edge["b"] as? Int }
            }
            #expect(edge["headShare"] as? Double == Double(count) / Double(graphs.count))
        }
        #expect(try !Samples.hostile.json().contains("headShare"))
        var broken = Samples.charming
        broken.graphs[1].edges[2].b = 1_000
        #expect(throws: RenderingError.self) { try broken.json() }
    }

    @Test("Infinity and NaN are refused with their place", arguments: [Double.infinity, -.infinity, .nan])
    func notFinite(value: Double) {
        var sample = Samples.charming
        sample.graphs[1].edges[2].pValue = value
        #expect(throws: RenderingError.notFinite(path: "graphs[1].edges[2].pValue")) { try sample.json() }
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}
