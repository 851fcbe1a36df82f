import Testing
import WhenceExplanation
import WhenceRendering

@Suite("Documents that hold no explanation")
struct BrokenDocumentTests {
    @Test(
        "Each is refused with what is wrong, and where",
        arguments: [
            ("", "", "at the document:"),
            ("{", "{", "at the document:"),
            (
                "\"schema\":\"whence.explanation/1\"", "\"schema\":\"whence.graph/1\"",
                "schema is \"whence.graph/1\""
            ),
            ("\"task\":\"sentiment\"", "\"task\":\"recommendation\"", "at task: expected \"sentiment\""),
            ("\"task\":\"sentiment\"", "\"task\":null", "at task"),
            ("\"search\":\"minimal\"", "\"search\":\"maximal\"", "at status.search"),
            ("\"markAtB\":\"tail\"", "\"markAtB\":\"tial\"", "at graphs[0].edges[1].markAtB"),
            ("\"algorithm\":\"icd\",", "", "\"algorithm\" is missing"),
            ("\"heads\":\"each\"", "\"heads\":\"1,x\"", "at settings.heads"),
            ("\"status\":\"complete\"", "\"status\":\"anytime\"", "expected complete, skeleton, or anytime"),
            ("\"a\":0,\"b\":3", "\"a\":0,\"b\":300", "graphs[0].edges[0]: 300 is not in 0..<11"),
            ("\"a\":0,\"b\":3", "\"a\":3,\"b\":3", "graphs[0].edges[0]: a (3) is not before b (3)"),
            ("\"a\":0,\"b\":6", "\"a\":0,\"b\":3", "nodes 0 and 3 have an edge already"),
            ("\"target\":0", "\"target\":-1", "graphs[0].target"),
            ("\"words\":[2,5]", "\"words\":[2,50]", "explanations[0].words: 50 is not in 0..<10"),
            ("\"end\":60,\"index\":9", "\"end\":61,\"index\":9", "input.words[9]"),
            ("\"end\":6,\"id\":101", "\"end\":4,\"id\":101", "input.tokens[2]: it runs from byte 5 to 4"),
            ("\"unseenFrom\":null", "\"unseenFrom\":99", "input.unseenFrom"),
            (
                "\"labels\":[\"negative\",\"positive\"]", "\"labels\":[\"negative\"]",
                "1 labels, 2 probabilities"
            ),
            ("\"index\":0,\"label\":\"[CLS]\"", "\"index\":4,\"label\":\"[CLS]\"", "it calls itself node 4"),
            ("\"label\":\"charming\"", "\"label\":\"other\"", "its nodes are not those of the first graph"),
            ("\"forwardPasses\":38", "\"forwardPasses\":-9223372036854775808", "status.forwardPasses"),
            ("\"independenceTests\":[55", "\"independenceTests\":[9223372036854775807", "independenceTests"),
            ("\"head\":1", "\"head\":0", "there is a graph of head 0 already"),
            ("\"parameters\":4612098", "\"parameters\":1e99", "valid JSON"),
        ])
    func refused(original: String, changed: String, message: String) throws {
        var text = try Samples.charming.json(layout: .oneLine)
        if original.isEmpty || original == "{" {
            text = changed
        } else {
            let place = try #require(text.firstRange(of: original), "the sample lacks \(original)")
            text.replaceSubrange(place, with: changed)
        }
        let error = #expect(throws: RenderingError.self) { try SentimentExplanation(json: text.utf8) }
        let description = try #require(error).description
        #expect(description.contains(message), "\(description)")
    }

    @Test("Rendering refuses a value that contradicts itself", arguments: OutputFormat.allCases)
    func inconsistentValue(format: OutputFormat) {
        var sample = Samples.charming
        sample.graphs[2].edges[0].b = 11
        #expect(throws: RenderingError.self) { try render(sample, as: format) }
    }

    @Test("Numbers that are none do not end the program", arguments: [OutputFormat.text, .svg])
    func notANumber(format: OutputFormat) throws {
        var sample = Samples.charming
        sample.prediction.probability = .nan
        sample.explanations[0].outcome.probability = .infinity
        sample.status.elapsedMilliseconds = .nan
        #expect(try render(sample, as: format).contains("positive, unknown %"))
    }

    @Test("Tetrad's text refuses several graphs, and none")
    func oneGraph() {
        #expect(
            throws: RenderingError.severalGraphs(format: .tetrad, heads: Samples.charming.graphs.map(\.head))
        ) {
            try render(Samples.charming, as: .tetrad)
        }
        var sample = Samples.charming
        sample.graphs = []
        #expect(throws: RenderingError.noGraph(format: .tetrad)) { try render(sample, as: .tetrad) }
    }
}
