import Testing

@testable import WhenceDiscovery

/// Small graphs on which published implementations go wrong.
@Suite("Graphs that other implementations get wrong")
struct PublishedFaultTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var edges: String
        var latents: [Int] = []
        /// Edges that the graph must have.
        var present: [String] = []
        /// Whether `present` is the whole graph.
        var isWhole = false
        /// Two nodes that must not be adjacent.
        var separated: [[Int]] = []
    }

    static let faults = [
        Fault(
            testDescription:
                "an edge of the possible-d-sep tree used up by its first traversal keeps 2 <-> 5",
            edges: "0>5 1>2 3>1 4>0 6>1 6>4 7>2 7>4 8>0 8>3 9>3 9>5", latents: [6, 7, 8, 9],
            present: [
                "0 <-> 3", "0 <-- 4", "0 --> 5", "1 --> 2", "1 <-- 3", "1 <-> 4", "2 <-> 4", "3 <-> 5",
            ],
            isWhole: true, separated: [[2, 5]]),
        Fault(
            testDescription: "R10 along paths that are not potentially directed makes 2 --> 3",
            edges: "0>3 0>4 1>5 2>0 2>1 2>3 2>5 4>3 6>1 6>4 6>5", latents: [6], present: ["2 o-> 3"]),
        Fault(
            testDescription: "R10 along paths that are not potentially directed contradicts 3 <-> 4",
            edges: "0>3 0>5 0>6 1>5 1>6 2>3 4>6 5>2 5>3 5>4 7>3 7>4 7>5 8>0 8>2 8>6", latents: [7, 8]),
        Fault(
            testDescription: "searching the later node's side only keeps 1 - 3",
            edges: "0>2 0>3 2>1 4>1 4>5 5>1 5>3 6>1 7>2 7>6 8>2 8>5 9>3 9>6", latents: [7, 8, 9],
            separated: [[1, 3]]),
        Fault(
            testDescription: "R5 with shielded ends of its path makes a chordal graph undirected",
            edges: "0>1 0>2 1>2 0>3 1>3 0>4 2>4",
            present: ["0 o-o 1", "0 o-o 2", "0 o-o 3", "0 o-o 4", "1 o-o 2", "1 o-o 3", "2 o-o 4"],
            isWhole: true),
        Fault(
            testDescription: "R10 along semi-directed walks puts a tail at 1 on 0 - 1",
            edges: "1>0 1>6 2>0 2>1 2>5 4>0 4>2 4>5 5>0 5>3 6>0 6>3 7>5"),
        Fault(
            testDescription: "R9 with one visited set for all paths loses 1 --> 2",
            edges: "0>4 1>0 1>2 3>0 3>1 3>2 4>2", present: ["1 --> 2", "2 <-- 3"]),
        Fault(
            testDescription: "without R8 a circle stays",
            edges: "3>1 5>1 1>4 4>6 6>0 7>3 7>6 8>4 8>0 9>1 9>0 10>3 10>2", latents: [7, 8, 9, 10]),
        Fault(
            testDescription: "a projection that overlooks inducing paths has no edge 0 - 2",
            edges: "3>0 3>1 4>1 4>2 1>2", latents: [3, 4], present: ["0 o-o 1", "0 o-o 2", "1 o-o 2"],
            isWhole: true),
        Fault(
            testDescription: "R4 blind to a recorded separating set without 2 leaves 2 o-> 3",
            edges: "0>1 1>3 4>1 4>2 5>2 5>3", latents: [4, 5], present: ["1 <-> 2", "1 --> 3", "2 <-> 3"]),
    ]

    @Test("The graph is the true one", arguments: faults)
    func graphIsTrue(_ fault: Fault) throws {
        let dag = try CausalDAG(fault.edges, latents: fault.latents)
        let oracle = try SeparationOracle(dag)
        let truth = CausalTruth(dag).equivalenceClass()
        #expect(truth.agrees(with: TrueGraph(oracle).partialAncestralGraph(selectionBias: false)))
        for algorithm in CompleteAlgorithm.all {
            let result = try algorithm.make(DiscoveryOptions()).run(oracle)
            #expect(truth.agrees(with: result.graph), "\(edgeTexts(result.graph))")
            TrueGraph(oracle).expectSound(result.graph)
            #expect(result.graph.violations(as: .partialAncestralGraph).isEmpty)
            let texts = edgeTexts(result.graph)
            for edge in fault.present { #expect(texts.contains(edge)) }
            if fault.isWhole { #expect(texts == fault.present) }
            for pair in fault.separated { #expect(!result.graph.isAdjacent(pair[0], pair[1])) }
        }
    }

    @Test("Permuting the nodes of a hard graph permutes its edges", arguments: faults)
    func relabelling(_ fault: Fault) throws {
        let original = try oracle(fault.edges, latents: fault.latents)
        var generator = SplitMix64(seed: 5)
        let order = Array(0..<original.nodeCount).shuffled(using: &generator)
        let relabelled = RelabelledTest(test: original, order: order)
        for algorithm in [FCI(), ICD()] as [any DiscoveryAlgorithm] {
            let (plain, permuted) = (try algorithm.run(original), try algorithm.run(relabelled))
            #expect(try permuted.graph.relabelled(order) == plain.graph)
        }
    }

    @Test("The possible-d-sep tree walks an edge in both directions")
    func treeUsesBothDirections() throws {
        let tree = PossibleDSepTree(try graph(4, "0 o-> 1", "2 o-> 1", "1 o-o 3", "2 o-o 3"), root: 3)
        #expect(tree.nodes == [0, 1, 2])
        #expect([0, 1, 2].map(tree.distance) == [3, 1, 1])
    }
}
