import Foundation
import Testing
import WhenceDiscovery
import WhenceTestSupport

/// A case of `Tests/Fixtures/graphs/cases.json`; its README says what the fields are.
struct GraphCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Run: Decodable {
        var graph: [String]
        var tests: [Int]
        var separators: [[Int]]?
    }

    struct Oracle: Decodable {
        var dag: [[Int]]
        var latents: [Int]
        var selection: [Int]
        var graph: [String]
    }

    struct Data: Decodable {
        var samples: Int
        var alpha: Double
        var correlations: [Double]
    }

    struct Candidates: Decodable {
        var target: Int
        var largestSize: Int
        var count: Int
        var distances: [String: Int]
        var sets: [[Int]]
    }

    var id: String
    var nodes: Int
    var fci: Run?
    var icd: Run?
    var oracle: Oracle?
    var data: Data?
    var candidates: Candidates?

    var testDescription: String { id }

    static let all = Result {
        try JSONDecoder().decode(
            [GraphCase].self, from: Foundation.Data(contentsOf: Repository.fixture("graphs/cases.json")))
    }

    /// The cases of one kind; a missing or unreadable file gives none, which `fixturesAreComplete` reports.
    static func having<Part>(_ part: KeyPath<GraphCase, Part?>) -> [GraphCase] {
        ((try? all.get()) ?? []).filter { $0[keyPath: part] != nil }
    }

    /// The full correlation matrix.
    func test() throws -> FisherZTest {
        let data = try #require(data)
        var matrix = [Double](repeating: 1, count: nodes * nodes)
        let places = (0..<nodes).flatMap { i in (i + 1..<max(nodes, i + 1)).map { (i, $0) } }
        try #require(places.count == data.correlations.count)
        for ((i, j), value) in zip(places, data.correlations) {
            matrix[i * nodes + j] = value
            matrix[j * nodes + i] = value
        }
        return try FisherZTest(
            correlation: matrix, nodeCount: nodes, samples: data.samples, alpha: data.alpha)
    }
}

/// A graph's edges as `a MARKS b`, each node under the name given for it.
func edgeTexts(_ graph: MixedGraph, names: [Int]? = nil) -> [String] {
    graph.edges.map { edge in
        "\(names?[edge.a] ?? edge.a) \(edge.marks) \(names?[edge.b] ?? edge.b)"
    }
}

/// An oracle from a text such as `0>3 1>3`, every node named in it or in `latents` counted.
func oracle(_ edges: String, latents: [Int] = [], selection: [Int] = []) throws -> SeparationOracle {
    let pairs = edges.split(separator: " ").map { text in
        let ends = text.split(separator: ">").compactMap { Int($0) }
        return (parent: ends[0], child: ends[1])
    }
    let largest = (pairs.flatMap { [$0.parent, $0.child] } + latents + selection).max() ?? -1
    return try SeparationOracle(
        nodeCount: largest + 1, edges: pairs, latents: latents, selection: selection)
}

/// A graph from texts such as `0 o-> 1`.
func graph(_ nodeCount: Int, _ edges: String...) throws -> MixedGraph { try graph(nodeCount, texts: edges) }

/// A graph from texts such as `0 o-> 1`.
func graph(_ nodeCount: Int, texts edges: [String]) throws -> MixedGraph {
    let near: [Character: Mark] = ["-": .tail, "<": .arrow, "o": .circle]
    let far: [Character: Mark] = ["-": .tail, ">": .arrow, "o": .circle]
    return try MixedGraph(
        nodeCount: nodeCount,
        edges: edges.map { text in
            let words = text.split(separator: " ")
            let marks = words[1]
            return Edge(
                try #require(Int(words[0])), try #require(marks.first.flatMap { near[$0] }),
                try #require(marks.last.flatMap { far[$0] }), try #require(Int(words[2])))
        })
}
