import Testing
import WhenceDiscovery

@testable import WhenceRendering

@Suite("What a format writes reads back as the same graph")
struct GraphRoundTripTests {
    private static let formats = GraphFormat.allCases.filter(\.isReadable)
    /// Formats that hold p-values, stabilities and the significance level.
    private static let trusting: Set<GraphFormat> = [.json, .dot, .graphml, .nodeLink]
    private static let matrices: Set<GraphFormat> = [.pcalg, .pcalgCPDAG, .causalLearn]

    private static func kinds(_ format: GraphFormat) -> [[Mark]] {
        switch format {
        case .dag: [[.tail, .arrow], [.arrow, .tail]]
        case .pcalgCPDAG: [[.tail, .arrow], [.arrow, .tail], [.tail, .tail]]
        default: RandomNamedGraph.allKinds
        }
    }

    private func expectSame(_ graph: NamedGraph, as format: GraphFormat) throws {
        let text = try graph.text(as: format)
        let back = try NamedGraph(reading: text, as: format, from: "file")
        let isSame = back == graph
        #expect(isSame, "\(format.rawValue):\n\(text)")
        #expect(try back.text(as: format) == text, "the second writing differs from the first")
    }

    @Test("Random graphs with every kind of edge", arguments: formats)
    func random(format: GraphFormat) throws {
        for seed in 0..<40 {
            let graph = try RandomNamedGraph.make(
                names: RandomNamedGraph.plain(1 + seed % 13), seed: UInt64(seed), kinds: Self.kinds(format),
                isTrusted: Self.trusting.contains(format))
            try expectSame(graph, as: format)
        }
    }

    @Test("Every kind of edge alone, in both orders of its nodes", arguments: formats)
    func kinds(format: GraphFormat) throws {
        for marks in Self.kinds(format) {
            for (a, b) in [(0, 1), (1, 0)] {
                var graph = MixedGraph(nodeCount: 3)
                graph.connect(Edge(a, marks[0], marks[1], b))
                try expectSame(NamedGraph(names: ["B", "A", "C"], graph: graph), as: format)
            }
        }
    }

    @Test("Each odd name beside a plain one, where the format can hold it", arguments: formats)
    func oddNames(format: GraphFormat) throws {
        var refused: [String] = []
        for name in RandomNamedGraph.oddNames {
            let graph = try RandomNamedGraph.make(
                names: ["A", name], seed: 1, density: 1, kinds: Self.kinds(format))
            do {
                try expectSame(graph, as: format)
            } catch RenderingError.unwritable {
                refused.append(name)
            }
        }
        // What no format but JSON's and Tetrad's labels can write.
        let controls = ["\u{0}", "\u{1B}[31m"]
        switch format {
        case .json, .nodeLink, .dag, .tetrad: #expect(refused.isEmpty)
        case .graphml: #expect(refused == controls)
        case .dot: #expect(refused == ["a\tb"] + controls)
        default: #expect(refused == ["a\tb"] + controls)
        }
    }

    @Test("All odd names at once", arguments: formats)
    func allOddNames(format: GraphFormat) throws {
        let names = RandomNamedGraph.oddNames.filter {
            !$0.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
        }
        for seed in 0..<5 {
            let graph = try RandomNamedGraph.make(
                names: names, seed: UInt64(seed), density: 0.2, kinds: Self.kinds(format))
            try expectSame(graph, as: format)
        }
    }

    @Test("No edges, one node, no nodes", arguments: formats)
    func small(format: GraphFormat) throws {
        for count in [0, 1, 4] where count > 0 || !Self.matrices.contains(format) {
            let graph = try NamedGraph(
                names: RandomNamedGraph.plain(count), graph: MixedGraph(nodeCount: count))
            try expectSame(graph, as: format)
        }
    }

    @Test("A matrix without rows is refused", arguments: matrices)
    func emptyMatrix(format: GraphFormat) throws {
        let graph = try NamedGraph(names: [], graph: MixedGraph(nodeCount: 0))
        #expect(throws: RenderingError.self) { try graph.text(as: format) }
    }

    @Test("Latent and selection variables", arguments: formats)
    func roles(format: GraphFormat) throws {
        let roles: [NamedGraph.Role] = [.observed, .latent, .selection, .observed]
        for names in [["A", "B", "C", "D"], ["A b", "(B)", "[C]", "D"]] {
            let graph = try RandomNamedGraph.make(
                names: names, seed: 3, kinds: Self.kinds(format), roles: roles)
            if Self.matrices.contains(format) {
                #expect(throws: RenderingError.self) { try graph.text(as: format) }
            } else {
                try expectSame(graph, as: format)
            }
        }
    }

    @Test("A graph is the same through a chain of all formats")
    func chain() throws {
        let graph = try RandomNamedGraph.make(names: RandomNamedGraph.plain(9), seed: 11)
        var passed = graph
        for format: GraphFormat in [.tetrad, .dot, .pcalg, .graphml, .causalLearn, .nodeLink, .json] {
            passed = try NamedGraph(reading: passed.text(as: format), as: format, from: "file")
        }
        let isSame = passed == graph
        #expect(isSame)
    }

    @Test("A matrix's format is told from its numbers, or the question is handed back")
    func guess() throws {
        for seed in 0..<30 {
            let graph = try RandomNamedGraph.make(names: RandomNamedGraph.plain(6), seed: UInt64(seed))
            for format in Self.formats where Self.kinds(format).count == 9 {
                let text = try graph.text(as: format)
                do {
                    #expect(try GraphFormat.guess(text, path: "file") == format, "\(text)")
                } catch RenderingError.graphFormat(_, let candidates) {
                    #expect(Self.matrices.contains(format) && candidates.contains(format))
                }
            }
        }
    }
}
