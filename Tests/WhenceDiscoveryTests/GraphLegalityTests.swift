import Testing

@testable import WhenceDiscovery

@Suite("Legality of graphs")
struct GraphLegalityTests {
    /// A graph, what it is meant as, and its only violation.
    struct Illegal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var nodes: Int
        var edges: [String]
        var kind = GraphKind.maximalAncestralGraph
        var law: GraphViolation.Law
        var places: [Int]
        var says: String
    }

    static let illegal = [
        Illegal(
            testDescription: "a circle in a MAG", nodes: 2, edges: ["0 o-> 1"], law: .circle, places: [0, 1],
            says: "has a circle at 0"),
        Illegal(
            testDescription: "a directed cycle", nodes: 3, edges: ["0 --> 1", "1 --> 2", "0 <-- 2"],
            law: .directedCycle, places: [0, 1, 2], says: "0 --> 1 --> 2 --> 0"),
        Illegal(
            testDescription: "an almost directed cycle", nodes: 3, edges: ["0 --> 1", "1 --> 2", "0 <-> 2"],
            law: .almostDirectedCycle, places: [0, 1, 2], says: "0 --> 1 --> 2, but 0 <-> 2"),
        Illegal(
            testDescription: "an arrowhead at an undirected edge", nodes: 3, edges: ["0 --- 1", "1 <-> 2"],
            law: .arrowheadAtUndirectedEdge, places: [1, 0, 2], says: "the undirected edge to 0"),
        Illegal(
            testDescription: "an inducing path (Richardson and Spirtes 2002, figure 6a)", nodes: 4,
            edges: ["0 <-> 2", "2 <-> 3", "1 <-> 3", "1 <-- 2", "0 <-- 3"], law: .inducingPath,
            places: [0, 2, 3, 1], says: "nothing can separate 0 and 1"),
        Illegal(
            testDescription: "four circle edges around a square", nodes: 4,
            edges: ["0 o-o 1", "1 o-o 2", "2 o-o 3", "0 o-o 3"], kind: .partialAncestralGraph,
            law: .chordlessCycle, places: [0, 3, 2], says: "cycle without a chord"),
        Illegal(
            testDescription: "an arrowhead that R1 must carry on", nodes: 3, edges: ["0 o-> 1", "1 o-o 2"],
            kind: .partialAncestralGraph, law: .markNotShared, places: [1, 0], says: "should be a circle"),
        Illegal(
            testDescription: "a decided single edge", nodes: 2, edges: ["0 o-> 1"],
            kind: .partialAncestralGraph, law: .markNotShared, places: [1, 0], says: "should be a circle"),
        Illegal(
            testDescription: "a circle behind an unshielded collider (R1)", nodes: 4,
            edges: ["0 o-> 1", "2 o-> 1", "1 o-> 3"], kind: .partialAncestralGraph, law: .circleDecided,
            places: [1, 3], says: "should be a mark"),
        Illegal(
            testDescription: "a directed edge into an undirected one", nodes: 3,
            edges: ["0 --> 1", "1 --- 2"],
            kind: .completedPartiallyDirectedGraph, law: .directedIntoUndirected, places: [0, 1, 2],
            says: "would direct the undecided edge"),
        Illegal(
            testDescription: "an unprotected directed edge", nodes: 2, edges: ["0 --> 1"],
            kind: .completedPartiallyDirectedGraph, law: .markNotShared, places: [1, 0],
            says: "should be a circle"),
        Illegal(
            testDescription: "a partially directed cycle", nodes: 3,
            edges: ["0 --> 1", "1 --- 2", "0 --- 2"],
            kind: .completedPartiallyDirectedGraph, law: .partiallyDirectedCycle, places: [0, 1, 2],
            says: "0, 1, 2"),
    ]

    @Test("Every law has its violation, with nodes and a sentence", arguments: illegal)
    func violations(_ example: Illegal) throws {
        let graph = try example.edges.reduce(into: MixedGraph(nodeCount: example.nodes)) { whole, text in
            try WhenceDiscoveryTests.graph(example.nodes, text).edges.forEach { whole.connect($0) }
        }
        let found = graph.violations(as: example.kind)
        let expected = GraphViolation(example.law, nodes: example.places)
        #expect(found.contains(expected), "\(found)")
        #expect(expected.description.contains(example.says), "\(expected)")
        #expect(!graph.isLegal(as: example.kind))
    }

    @Test("Violations name nodes as the caller does")
    func names() {
        let names = ["smoking", "tar", "cancer"]
        let sentence = GraphViolation(.directedCycle, nodes: [0, 1, 2]).sentence { names[$0] }
        #expect(sentence == "a directed cycle: smoking --> tar --> cancer --> smoking")
    }

    @Test("A graph that is no maximal ancestral graph has no class")
    func classOfNothing() throws {
        #expect(throws: DiscoveryError.self) { try graph(2, "0 o-> 1").partialAncestralGraph() }
    }

    @Test("Every graph of an oracle's search is legal", arguments: GraphCase.having(\.oracle))
    func oracleCases(_ reference: GraphCase) throws {
        let expected = try #require(reference.oracle)
        let oracle = try SeparationOracle(
            nodeCount: reference.nodes, edges: expected.dag.map { ($0[0], $0[1]) }, latents: expected.latents,
            selection: expected.selection)
        var options = DiscoveryOptions()
        options.selectionBias = !expected.selection.isEmpty
        let result = try ICD(options: options).run(oracle)
        #expect(result.graph.violations(as: .partialAncestralGraph).isEmpty)
        let member = oracle.maximalAncestralGraph()
        #expect(member.violations(as: .maximalAncestralGraph).isEmpty)
        #expect(edgeTexts(try member.partialAncestralGraph(), names: oracle.observed) == expected.graph)
    }

    @Test(
        "Any graph from data is judged without a trap, and a legal one is the class of a member",
        arguments: GraphCase.having(\.data))
    func dataCases(_ reference: GraphCase) throws {
        var options = DiscoveryOptions()
        options.selectionBias = true
        let graph = try ICD(options: options).run(reference.test()).graph
        for kind in GraphKind.allCases {
            for violation in graph.violations(as: kind) {
                #expect(violation.nodes.allSatisfy { (0..<graph.nodeCount).contains($0) })
                #expect(!violation.description.contains("?"))
            }
        }
    }

    @Test("Any marks whatever are judged without a trap", arguments: 0..<4)
    func randomMarks(part: UInt64) throws {
        var generator = SplitMix64(seed: part)
        for _ in 0..<100 {
            var graph = MixedGraph(nodeCount: Int.random(in: 0...9, using: &generator))
            for a in 0..<graph.nodeCount {
                for b in 0..<a where Int.random(in: 0..<3, using: &generator) > 0 {
                    let marks = Mark.allCases.shuffled(using: &generator)
                    graph.connect(Edge(a, marks[0], marks.randomElement(using: &generator) ?? .circle, b))
                }
            }
            for kind in GraphKind.allCases { _ = graph.violations(as: kind).map(\.description) }
        }
    }
}
