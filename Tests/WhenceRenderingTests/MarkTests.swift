import Foundation
import Testing
import WhenceDiscovery
import WhenceExplanation

@testable import WhenceRendering

/// Nine pairs of marks, each of which has to come out at the right node in every format.
@Suite("Marks stand at the right ends")
struct MarkTests {
    private static let pairs: [[Mark]] = Mark.allCases.flatMap { first in
        Mark.allCases.map { [first, $0] }
    }

    /// `great` (node 1) and `film` (node 2) are linked; `[CLS]` (node 0) is not.
    private func graph(_ marks: [Mark]) -> CausalGraph {
        var graph = Samples.graph(Samples.text("great film"), .pooled, edges: [])
        graph.edges = [CausalGraph.GraphEdge(a: 1, b: 2, markAtA: marks[0], markAtB: marks[1], pValue: 0.25)]
        return graph
    }

    /// Puts what a format says about source and target back at the nodes.
    private func marks(_ source: String, _ atSource: Mark?, _ target: String, _ atTarget: Mark?) -> [Mark?]? {
        switch (source, target) {
        case ("t01_great", "t02_film"): [atSource, atTarget]
        case ("t02_film", "t01_great"): [atTarget, atSource]
        default: nil
        }
    }

    @Test("DOT", arguments: pairs)
    func dot(expected: [Mark]) throws {
        let text = graph(expected).dot()
        let line = try #require(text.split(separator: "\n").first { $0.contains("->") })
        let shapes: [Substring: Mark] = ["none": .tail, "normal": .arrow, "odot": .circle]
        let match = try #require(
            line.firstMatch(of: /(\w+) -> (\w+) \[dir=both, arrowtail=(\w+), arrowhead=(\w+)/))
        let found = marks(String(match.1), shapes[match.3], String(match.2), shapes[match.4])
        #expect(found == expected)
        #expect(text.split(separator: "\n").count { $0.contains("great ->") || $0.contains("film ->") } == 1)
    }

    @Test("GraphML", arguments: pairs)
    func graphML(expected: [Mark]) throws {
        let outline = try XMLOutline(graph(expected).graphML())
        let position = try #require(outline.elements.firstIndex { $0.name == "edge" })
        let edge = outline.elements[position].attributes
        var data: [String: String] = [:]
        for child in outline.children(of: position) { data[child.attributes["key"] ?? ""] = child.text }
        let found = marks(
            edge["source"] ?? "", Mark(rawValue: data["mark_source"] ?? ""), edge["target"] ?? "",
            Mark(rawValue: data["mark_target"] ?? ""))
        #expect(found == expected)
        #expect(data["p_value"] == "0.25")
        #expect(outline.all("edge").count == 1)
    }

    @Test("Tetrad's text", arguments: pairs)
    func tetrad(expected: [Mark]) throws {
        let text = graph(expected).tetradText()
        let edges = text.split(separator: "\n").filter { $0.hasPrefix("1. ") }
        let parts = try #require(edges.first).split(separator: " ")
        let left: [Character: Mark] = ["-": .tail, "<": .arrow, "o": .circle]
        let right: [Character: Mark] = ["-": .tail, ">": .arrow, "o": .circle]
        let symbol = Array(parts[2])
        #expect(symbol.count == 3 && symbol[1] == "-")
        #expect(marks(String(parts[1]), left[symbol[0]], String(parts[3]), right[symbol[2]]) == expected)
        #expect(edges.count == 1)
    }

    @Test("JSON", arguments: pairs)
    func json(expected: [Mark]) throws {
        var sample = Samples.explanation(
            input: Samples.text("great film"), prediction: Samples.binary(positive: 0.9))
        sample.graphs = [graph(expected)]
        let text = try sample.json(layout: .oneLine)
        let marks = "\"markAtA\":\"\(expected[0].rawValue)\",\"markAtB\":\"\(expected[1].rawValue)\""
        #expect(text.contains("{\"a\":1,\"b\":2,\(marks),\"pValue\":0.25}"))
    }

    @Test("SVG", arguments: pairs)
    func svg(expected: [Mark]) throws {
        let outline = try XMLOutline(graph(expected).svg(title: "marks"))
        let position = try #require(
            outline.elements.firstIndex { $0.attributes["class"]?.hasPrefix("edge") == true })
        let shapes = outline.children(of: position)
        let path = try #require(shapes.first { $0.name == "path" }?.attributes["d"])
        let ends = try #require(path.firstMatch(of: /^M([\d.]+) .* ([\d.]+) [\d.]+ V/))
        let positions = [ends.1, ends.2].compactMap { Double($0) }
        try #require(positions.count == 2)
        // "great" stands left of "film", so the first end is node 1.
        var found: [Mark] = [.tail, .tail]
        for shape in shapes where shape.name == "circle" || shape.name == "polygon" {
            let x =
                shape.attributes["cx"] ?? shape.attributes["points"].map { String($0.prefix { $0 != "," }) }
            let center = try #require(x.flatMap { Double($0) })
            let end = try #require(positions.firstIndex { abs($0 - center) < 0.2 })
            found[end] = shape.name == "circle" ? .circle : .arrow
        }
        #expect(found == expected)
    }
}
