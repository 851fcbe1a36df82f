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
                "B1, C1: an edge of the possible-d-sep tree used up by its first traversal keeps 2 <-> 5",
            edges: "0>5 1>2 3>1 4>0 6>1 6>4 7>2 7>4 8>0 8>3 9>3 9>5", latents: [6, 7, 8, 9],
            present: [
                "0 <-> 3", "0 <-- 4", "0 --> 5", "1 --> 2", "1 <-- 3", "1 <-> 4", "2 <-> 4", "3 <-> 5",
            ],
            isWhole: true, separated: [[2, 5]]),
        Fault(
            testDescription: "B2: R10 along paths that are not potentially directed makes 2 --> 3",
            edges: "0>3 0>4 1>5 2>0 2>1 2>3 2>5 4>3 6>1 6>4 6>5", latents: [6], present: ["2 o-> 3"]),
        Fault(
            testDescription: "B2: R10 along paths that are not potentially directed contradicts 3 <-> 4",
            edges: "0>3 0>5 0>6 1>5 1>6 2>3 4>6 5>2 5>3 5>4 7>3 7>4 7>5 8>0 8>2 8>6", latents: [7, 8]),
        Fault(
            testDescription: "B6: searching the later node's side only keeps 1 - 3",
            edges: "0>2 0>3 2>1 4>1 4>5 5>1 5>3 6>1 7>2 7>6 8>2 8>5 9>3 9>6", latents: [7, 8, 9],
            separated: [[1, 3]]),
        Fault(
            testDescription: "C3: R5 with shielded ends of its path makes a chordal graph undirected",
            edges: "0>1 0>2 1>2 0>3 1>3 0>4 2>4",
            present: ["0 o-o 1", "0 o-o 2", "0 o-o 3", "0 o-o 4", "1 o-o 2", "1 o-o 3", "2 o-o 4"],
            isWhole: true),
        Fault(
            testDescription: "C5: R10 along semi-directed walks puts a tail at 1 on 0 - 1",
            edges: "1>0 1>6 2>0 2>1 2>5 4>0 4>2 4>5 5>0 5>3 6>0 6>3 7>5"),
        Fault(
            testDescription: "C6: R9 with one visited set for all paths loses 1 --> 2",
            edges: "0>4 1>0 1>2 3>0 3>1 3>2 4>2", present: ["1 --> 2", "2 <-- 3"]),
        Fault(
            testDescription: "dodiscover 115: without R8 a circle stays",
            edges: "3>1 5>1 1>4 4>6 6>0 7>3 7>6 8>4 8>0 9>1 9>0 10>3 10>2", latents: [7, 8, 9, 10]),
        Fault(
            testDescription: "C8, Tetrad 636: a projection that overlooks inducing paths has no edge 0 - 2",
            edges: "3>0 3>1 4>1 4>2 1>2", latents: [3, 4], present: ["0 o-o 1", "0 o-o 2", "1 o-o 2"],
            isWhole: true),
        Fault(
            testDescription: "C7, dodiscover: R4 blind to a recorded separating set without 2 leaves 2 o-> 3",
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

    @Test("B10: no set of two nodes of ICD separates 2 and 5; one of three does, and the graph is right")
    func separatorOfThree() throws {
        let fault = Self.faults[0]
        let oracle = try oracle(fault.edges, latents: fault.latents)
        #expect(oracle.evaluate(2, 5, given: [3, 4]).isIndependent)
        var options = DiscoveryOptions()
        options.maximumConditioningSize = 2
        #expect(try ICD(options: options).run(oracle).graph.isAdjacent(2, 5))
        #expect(try ICD().run(oracle).separatingSet(of: 2, 5)?.set == [1, 3, 4])
    }

    @Test("B3: with no degree of freedom left, and beyond, nothing becomes independent")
    func noDegreeOfFreedom() throws {
        let correlation = (0..<36).map { $0 % 7 == 0 ? 1 : 0.01 }
        for samples in 4...7 {
            let test = try FisherZTest(correlation: correlation, nodeCount: 6, samples: samples, alpha: 0.01)
            for size in max(0, samples - 3)..<max(4, samples - 2) where size <= 4 {
                let outcome = test.evaluate(0, 1, given: Array(2..<2 + size))
                #expect(
                    !outcome.isIndependent && outcome.pValue == 0, "\(samples) samples, \(size) conditions")
            }
        }
    }

    @Test("B4: equal and opposite variables end in no error and no NaN", arguments: [1.0, -1.0])
    func singularCorrelations(correlation r: Double) throws {
        let test = try FisherZTest(
            correlation: [
                1, r, 0.5, 0.2, r, 1, 0.5 * r, 0.2 * r, 0.5, 0.5 * r, 1, 0.3, 0.2, 0.2 * r, 0.3, 1,
            ],
            nodeCount: 4, samples: 100, alpha: 0.01)
        for (pair, set) in [((0, 1), [2]), ((0, 2), [1]), ((2, 3), [0, 1]), ((0, 1), [2, 3])] {
            let outcome = test.evaluate(pair.0, pair.1, given: set)
            #expect(!outcome.isIndependent && outcome.pValue == 0, "\(pair) given \(set)")
        }
        for algorithm in CompleteAlgorithm.all {
            let result = try algorithm.make(DiscoveryOptions()).run(test)
            #expect(result.graph.isAdjacent(0, 1) && result.degenerateTestCount > 0)
            #expect(result.edgePValues.allSatisfy { !$0.isNaN })
        }
    }

    @Test("B6: ordered ICD heeds a largest conditioning set of 0")
    func orderedWithoutConditions() throws {
        var options = DiscoveryOptions()
        options.maximumConditioningSize = 0
        let oracle = try oracle("0>1 1>2 2>3 3>4 4>5")
        let result = try OrderedICD(order: Array(0..<6), options: options).run(oracle)
        #expect(result.testCounts == [15])
    }

    @Test("C2: the set recorded is one that a test found, not the union of those that did")
    func separatingSetIsTested() throws {
        // 0 and 3 are independent given 1, and given 2, but not given both.
        let test = TableTest(nodeCount: 4, independences: [[0, 3, 1], [0, 3, 2]])
        for algorithm in CompleteAlgorithm.all {
            #expect(try algorithm.make(DiscoveryOptions()).run(test).separatingSet(of: 0, 3)?.set == [1])
        }
    }

    @Test(
        "C4, dodiscover 106, Zhang's figure 6: marks that R8 or R9 alone can set, R8 in either order of the numbers"
    )
    func rulesThatAloneSetMarks() throws {
        for (rule, fault) in [(OrientationRule.rule9, Self.faults[6]), (.rule8, Self.faults[7])] {
            let original = try oracle(fault.edges, latents: fault.latents)
            for order in [Array(0..<original.nodeCount), Array((0..<original.nodeCount).reversed())] {
                let result = try FCI().run(RelabelledTest(test: original, order: order))
                let origins = result.markOrigins.flatMap { [$0.atA, $0.atB] }
                #expect(origins.contains(.rule(rule)), "\(rule)")
            }
        }
    }

    @Test("causal-learn 266: forbidding 1 → 2 plants no tail at 2 where the mark is a circle")
    func forbiddenEdgePlantsNoTail() throws {
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(nodeCount: 3, forbidden: [.init(1, 2)])
        for algorithm in CompleteAlgorithm.all {
            let graph = try algorithm.make(options).run(oracle("0>1 2>1")).graph
            #expect(edgeTexts(graph) == ["0 o-> 1", "1 <-o 2"])
        }
    }

    @Test("Tetrad 1947: a required edge that the possible-d-sep stage would remove stays")
    func requiredEdgeStays() throws {
        let fault = Self.faults[0]
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(nodeCount: 6, required: [.init(2, 5)])
        for algorithm in CompleteAlgorithm.all {
            let graph = try algorithm.make(options).run(oracle(fault.edges, latents: fault.latents)).graph
            #expect(edgeTexts(graph).contains("2 --> 5"))
        }
    }

    @Test("Tetrad 1246: every edge of every node forbidden but one is no crash")
    func manyForbiddenEdges() throws {
        let n = 30
        let pairs = (0..<n).flatMap { a in (0..<n).filter { $0 != a }.map { (a, $0) } }
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(
            nodeCount: n, forbidden: pairs.filter { $0 != (0, 1) }.map { .init($0.0, $0.1) })
        for algorithm in CompleteAlgorithm.all {
            let graph = try algorithm.make(options).run(
                SeparationOracle(nodeCount: n, edges: [(0, 1), (2, 3)])
            ).graph
            #expect(edgeTexts(graph) == ["0 o-> 1", "2 <-> 3"])
        }
    }

    @Test("B1: the possible-d-sep tree walks an edge in both directions")
    func treeUsesBothDirections() throws {
        let tree = PossibleDSepTree(try graph(4, "0 o-> 1", "2 o-> 1", "1 o-o 3", "2 o-o 3"), root: 3)
        #expect(tree.nodes == [0, 1, 2])
        #expect([0, 1, 2].map(tree.distance) == [3, 1, 1])
    }
}
