import WhenceDiscovery

@testable import WhenceRendering

/// Graphs over named variables with every kind of edge, names that break formats, and trust; from a seed.
enum RandomNamedGraph {
    /// Names that some format would split, end or expand.
    static let oddNames = [
        "(X)", "[X]", "a b", "a,b", "a;b", "\"quoted\"", "it's", "back\\slash", "\\N", "&amp;", "<b>", "]]>",
        "é",
        "映画館", "👩‍👩‍👧‍👦", "جميل", " leading", "trailing ", "", "node", "1.", "-1", "0", "1. A --> B",
        "Graph Edges:", "A = B", "{}", "#", "//", "/*", "a->b", "cluster_legend", "t00_a", "\u{301}x",
        "\u{200D}", "\"\u{301}", "a\\\u{301}", " \u{301}", "null",
        "NA",
        "a\tb", "two\nlines", "\u{202E}abc", "\u{0}", "\u{1B}[31m", "=1+1", "x:y",
    ]

    /// Names that every format takes as they are.
    static func plain(_ count: Int) -> [String] { (0..<count).map { "X\($0 + 1)" } }

    /// - Parameters:
    ///   - density: share of the pairs that have an edge.
    ///   - kinds: pairs of marks to choose from.
    static func make(
        names: [String], seed: UInt64, density: Double = 0.4, kinds: [[Mark]] = allKinds,
        roles: [NamedGraph.Role]? = nil, isTrusted: Bool = false
    ) throws -> NamedGraph {
        var generator = SeededGenerator(state: seed)
        var graph = MixedGraph(nodeCount: names.count)
        for a in names.indices {
            for b in names.indices where b > a && Double.random(in: 0..<1, using: &generator) < density {
                let marks = kinds[Int.random(in: kinds.indices, using: &generator)]
                graph.connect(Edge(a, marks[0], marks[1], b))
            }
        }
        let trust = graph.edges.map { _ in
            EdgeTrust(
                pValue: Bool.random(using: &generator) ? Double.random(in: 0...0.01, using: &generator) : nil,
                stability: Bool.random(using: &generator) ? Double.random(in: 0...1, using: &generator) : nil)
        }
        return try NamedGraph(
            names: names, roles: roles, graph: graph, trust: isTrusted ? trust : nil,
            alpha: isTrusted ? 0.01 : nil)
    }

    static let allKinds: [[Mark]] = Mark.allCases.flatMap { first in
        Mark.allCases.map { [first, $0] }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014), the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
