import Testing

@testable import WhenceDiscovery

@Suite("Background knowledge")
struct BackgroundKnowledgeTests {
    private typealias Knowledge = BackgroundKnowledge

    private func run(_ knowledge: Knowledge, _ test: some IndependenceTest) throws -> [DiscoveryResult] {
        var options = DiscoveryOptions()
        options.knowledge = knowledge
        return [try FCI(options: options).run(test), try ICD(options: options).run(test)]
    }

    @Test("Forbidding A → B puts an arrowhead at A, and no tail at B")
    func forbidden() throws {
        for result in try run(Knowledge(nodeCount: 2, forbidden: [.init(0, 1)]), oracle("1>0")) {
            #expect(edgeTexts(result.graph) == ["0 <-o 1"])
        }
        let both = try Knowledge(nodeCount: 2, forbidden: [.init(0, 1), .init(1, 0)])
        for result in try run(both, oracle("2>0 2>1", latents: [2])) {
            #expect(edgeTexts(result.graph) == ["0 <-> 1"])
        }
        // causal-learn, issue 266: Z o-> Y with Y → Z forbidden is not Z --> Y.
        for result in try run(Knowledge(nodeCount: 3, forbidden: [.init(1, 2)]), oracle("0>1 2>1")) {
            #expect(edgeTexts(result.graph) == ["0 o-> 1", "1 <-o 2"])
        }
    }

    @Test("The rules go on from what is known")
    func propagation() throws {
        // A chain 0 - 1 - 2 in which 1 does not cause 0: so 0 *-> 1, and R1 does the rest.
        for result in try run(Knowledge(nodeCount: 3, forbidden: [.init(1, 0)]), oracle("0>1 1>2")) {
            #expect(edgeTexts(result.graph) == ["0 o-> 1", "1 --> 2"])
            #expect(result.markOrigins[0] == EdgeOrigins(atA: nil, atB: .knowledge))
            #expect(result.markOrigins[1] == EdgeOrigins(atA: .rule(.rule1), atB: .rule(.rule1)))
        }
    }

    @Test("A required edge survives every stage, and is directed")
    func required() throws {
        // Marginally independent; separated by possible-d-sep sets only (Tetrad, issue 1947).
        let independent = try oracle("0>2 1>2")
        for result in try run(Knowledge(nodeCount: 3, required: [.init(1, 0)]), independent) {
            #expect(edgeTexts(result.graph).contains("0 <-- 1"))
            #expect(result.status == .complete)
        }
        let far = try oracle("0>5 1>2 3>1 4>0 6>1 6>4 7>2 7>4 8>0 8>3 9>3 9>5", latents: [6, 7, 8, 9])
        for (cause, effect) in [(2, 5), (5, 2)] {
            for result in try run(Knowledge(nodeCount: 6, required: [.init(cause, effect)]), far) {
                #expect(edgeTexts(result.graph).contains(cause < effect ? "2 --> 5" : "2 <-- 5"))
                #expect(result.separatingSet(of: 2, 5) == nil && result.status == .complete)
            }
        }
    }

    @Test("Later tiers do not cause earlier ones; within a tier nothing may")
    func tiers() throws {
        let tiers = [Knowledge.Tier([2]), Knowledge.Tier([0, 1], forbidsEdgesWithin: true)]
        for result in try run(Knowledge(nodeCount: 3, tiers: tiers), oracle("2>0 2>1 3>0 3>1", latents: [3]))
        {
            #expect(edgeTexts(result.graph) == ["0 <-> 1", "0 <-o 2", "1 <-o 2"])
        }
    }

    @Test("True knowledge leaves every mark true, and adds to those found without", arguments: 0..<60)
    func soundness(seed: Int) throws {
        let oracle = try SeparationOracle.random(seed: UInt64(seed), withSelection: false)
        let truth = TrueGraph(oracle)
        var generator = SplitMix64(seed: UInt64(seed))
        let n = oracle.nodeCount
        let causes = (0..<n).map { node in oracle.observedAncestors(of: [node]) }
        // By number of ancestors, so that no node is in a tier before one of its causes.
        let ordered = (0..<n).sorted { (causes[$0].count, $0) < (causes[$1].count, $1) }
        let cut = Int.random(in: 0...n, using: &generator)
        let tiers =
            seed % 2 == 0
            ? [Knowledge.Tier(Array(ordered[..<cut])), Knowledge.Tier(Array(ordered[cut...]))] : []
        var forbidden: [Knowledge.DirectedEdge] = []
        for a in 0..<n {
            for b in 0..<n where a != b && !causes[b].contains(a) {
                if Int.random(in: 0..<4, using: &generator) == 0 { forbidden.append(.init(a, b)) }
            }
        }
        let required = truth.maximalAncestralGraph.edges.filter { edge in
            ["-->", "<--"].contains(edge.marks) && Int.random(in: 0..<5, using: &generator) == 0
        }.map { $0.markAtA == .tail ? Knowledge.DirectedEdge($0.a, $0.b) : .init($0.b, $0.a) }
        let knowledge = try Knowledge(nodeCount: n, tiers: tiers, forbidden: forbidden, required: required)
        let without = truth.partialAncestralGraph(selectionBias: false)
        let results = try run(knowledge, oracle)
        #expect(results[0].graph == results[1].graph)
        for result in results {
            truth.expectSound(result.graph)
            #expect(result.knowledgeConflicts.isEmpty)
            for edge in without.edges {
                for (near, far) in [(edge.a, edge.b), (edge.b, edge.a)] {
                    guard let mark = without.mark(at: near, from: far), mark != .circle else { continue }
                    #expect(result.graph.mark(at: near, from: far) == mark)
                }
            }
            for edge in forbidden where result.graph.isAdjacent(edge.cause, edge.effect) {
                #expect(result.graph.mark(at: edge.cause, from: edge.effect) == .arrow)
            }
        }
    }

    @Test("A forbidden edge beside required ones speaks of the direct edge only")
    func forbiddenBesideRequired() throws {
        let knowledge = try Knowledge(
            nodeCount: 3, forbidden: [.init(0, 2)], required: [.init(0, 1), .init(1, 2)])
        for result in try run(knowledge, oracle("0>1 1>2 3>0 3>2", latents: [3])) {
            #expect(edgeTexts(result.graph) == ["0 --> 1", "0 --> 2", "1 --> 2"])
        }
    }

    @Test("Data that contradict knowledge give way, and the triple is reported")
    func conflict() throws {
        // 0 and 1 collide at 2 by data; by knowledge 2 causes 0.
        for result in try run(Knowledge(nodeCount: 3, required: [.init(2, 0)]), oracle("0>2 1>2")) {
            #expect(edgeTexts(result.graph).contains("0 <-- 2"))
            #expect(
                result.knowledgeConflicts == [KnowledgeConflict(a: 0, b: 2, c: 1, isColliderByData: true)])
        }
        // 1 separates 0 and 2 by data; by knowledge it is a collider.
        let collider = try Knowledge(nodeCount: 3, forbidden: [.init(1, 0), .init(1, 2)])
        for result in try run(collider, oracle("1>0 1>2")) {
            #expect(edgeTexts(result.graph) == ["0 o-> 1", "1 <-o 2"])
            #expect(
                result.knowledgeConflicts == [KnowledgeConflict(a: 0, b: 1, c: 2, isColliderByData: false)])
        }
    }

    @Test("What cannot hold together is refused")
    func contradictions() throws {
        let names = ["A", "B", "C"]
        let cases:
            [(
                tiers: [Knowledge.Tier], forbidden: [Knowledge.DirectedEdge],
                required: [Knowledge.DirectedEdge]
            )] = [
                ([], [.init(0, 1)], [.init(0, 1)]),
                ([], [], [.init(0, 1), .init(1, 2), .init(2, 0)]),
                ([], [], [.init(1, 1)]),
                ([.init([1]), .init([0])], [], [.init(0, 1)]),
                ([.init([0, 1], forbidsEdgesWithin: true)], [], [.init(0, 1)]),
                ([.init([0], causesOnlyNextTier: true), .init([1]), .init([2])], [], [.init(0, 2)]),
                ([.init([2]), .init([0])], [], [.init(0, 1), .init(1, 2)]),
                ([.init([0, 1]), .init([1])], [], []),
            ]
        for (tiers, forbidden, required) in cases {
            let error = #expect(throws: DiscoveryError.self) {
                try Knowledge(
                    nodeCount: 3, tiers: tiers, forbidden: forbidden, required: required, names: names)
            }
            let text = "\(try #require(error))"
            #expect(text.contains("contradicts itself") && names.contains { text.contains($0) }, "\(text)")
        }
        #expect(throws: DiscoveryError.self) { try Knowledge(nodeCount: 3, forbidden: [.init(0, 3)]) }
        var options = DiscoveryOptions()
        options.knowledge = try Knowledge(nodeCount: 2)
        for algorithm in [FCI(options: options), ICD(options: options)] as [any DiscoveryAlgorithm] {
            #expect(throws: DiscoveryError.knowledgeSize(2, nodeCount: 3)) {
                try algorithm.run(oracle("0>2 1>2"))
            }
        }
    }

    @Test("A hundred thousand forbidden edges take no time to speak of", .timeLimit(.minutes(1)))
    func manyForbiddenEdges() throws {
        // Tetrad, issue 1246.
        let n = 400
        var forbidden: [Knowledge.DirectedEdge] = []
        for a in 0..<n { for b in 0..<n where a != b { forbidden.append(.init(a, b)) } }
        let knowledge = try Knowledge(nodeCount: n, forbidden: forbidden)
        let complete = MixedGraph(completeOver: n)
        var orientation = Orientation(
            graph: complete, separators: SeparatorTable(nodeCount: n), knowledge: knowledge)
        orientation.orientArrowheads()
        #expect(orientation.graph.edges.allSatisfy { $0.marks == "<->" })
    }
}
