import Testing

@testable import WhenceDiscovery

@Suite("RFCI")
struct RFCITests {
    @Test("With an oracle the graph is an RFCI-PAG, and FCI's where no edge is left over", arguments: 0..<10)
    func oracles(batch: Int) throws {
        for seed in batch * 20..<batch * 20 + 20 {
            let hasSelection = seed % 3 == 0
            let oracle = try SeparationOracle.random(seed: UInt64(seed), withSelection: hasSelection)
            try check(oracle, selectionBias: hasSelection, "seed \(seed)")
        }
    }

    @Test("On the graphs that other implementations get wrong too", arguments: PublishedFaultTests.faults)
    func hardGraphs(_ fault: PublishedFaultTests.Fault) throws {
        let oracle = try oracle(fault.edges, latents: fault.latents)
        try check(oracle, selectionBias: false, fault.testDescription)
    }

    /// Colombo et al. 2012, Definition 3.2, by definition: no rule takes part. An RFCI-PAG is a legal PAG where no
    /// edge is left over.
    func check(_ oracle: SeparationOracle, selectionBias: Bool, _ name: String) throws {
        var options = DiscoveryOptions()
        options.selectionBias = selectionBias
        let result = try RFCI(options: options).run(oracle)
        let truth = TrueGraph(oracle)
        #expect(result.status == .complete && result.isOriented)
        for edge in truth.maximalAncestralGraph.edges {
            #expect(result.graph.isAdjacent(edge.a, edge.b), "\(name)")
        }
        for edge in result.graph.edges {
            for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)] {
                let isAncestor = oracle.observedAncestors(of: [far]).contains(near)
                #expect(mark == .circle || (mark == .tail) == isAncestor, "\(name): \(edge)")
                let others = result.graph.neighbours(of: near).filter { $0 != far }
                for subset in subsets(of: others) {
                    #expect(!oracle.evaluate(near, far, given: subset).isIndependent, "\(name): \(edge)")
                }
            }
        }
        for set in result.separatingSets {
            #expect(oracle.evaluate(set.a, set.b, given: set.set).isIndependent, "\(name)")
        }
        if result.graph.edgeCount == truth.maximalAncestralGraph.edgeCount {
            #expect(
                result.graph == truth.partialAncestralGraph(selectionBias: selectionBias), "\(name)")
            #expect(result.graph.violations(as: .partialAncestralGraph).isEmpty, "\(name)")
        }
    }

    @Test("An edge that only a possible-d-sep set separates stays, and wrongs no other mark")
    func leftOverEdges() throws {
        for (edges, latents) in [
            ("3>1 1>4 0>2 5>3 5>0 6>4 6>0 7>1 7>2", [5, 6, 7]),
            ("2>1 5>3 1>0 3>4 6>3 6>1 7>5 7>2 8>4 8>0 9>5 9>0 10>1 10>3", [6, 7, 8, 9, 10]),
        ] {
            let oracle = try oracle(edges, latents: latents)
            #expect(try RFCI().run(oracle).graph.edgeCount > FCI().run(oracle).graph.edgeCount)
            try check(oracle, selectionBias: false, edges)
        }
    }

    @Test("The tests of triples remove an edge that no neighbours separate")
    func tripleRemovesEdge() throws {
        let fault = PublishedFaultTests.faults[0]
        let oracle = try oracle(fault.edges, latents: fault.latents)
        #expect(try PC().run(oracle).graph.isAdjacent(2, 5))
        #expect(try !RFCI().run(oracle).graph.isAdjacent(2, 5))
    }

    private func subsets(of nodes: [Int]) -> [[Int]] {
        (0..<1 << nodes.count).map { mask in nodes.indices.filter { mask >> $0 & 1 == 1 }.map { nodes[$0] } }
    }
}
