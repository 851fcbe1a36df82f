import Testing

@testable import WhenceDiscovery

@Suite("Comparison of graphs")
struct GraphComparisonTests {
    @Test("Adjacencies, arrowheads, tails and distances are counted as documented")
    func counts() throws {
        let found = try graph(5, "0 --> 1", "1 <-> 2", "2 o-> 3", "3 --- 4")
        let truth = try graph(5, "0 --> 1", "1 <-- 2", "0 o-o 2", "3 o-> 4")
        let comparison = try GraphComparison(found, to: truth)
        #expect(comparison.skeleton == RetrievalCounts(correct: 3, spurious: 1, missing: 1))
        #expect(comparison.skeleton.precision == 0.75 && comparison.skeleton.recall == 0.75)
        #expect(comparison.skeleton.f1 == 0.75)
        // Shared edges: 0-1 equal; 1-2 has an arrowhead too many and a tail too few; 3-4 the reverse, at 4, and a tail
        // for a circle at 3.
        #expect(comparison.arrowheads == RetrievalCounts(correct: 2, spurious: 1, missing: 1))
        #expect(comparison.tails == RetrievalCounts(correct: 1, spurious: 2, missing: 1))
        #expect(comparison.equalMarkCount == 3 && comparison.markAccuracy == 0.5)
        #expect(comparison.structuralHammingDistance == 4)
        #expect(comparison.markDistance == 5)
        #expect(comparison.differences.map(\.kind) == [.onlyInSecond, .marks, .onlyInFirst, .marks])
        #expect(
            comparison.differences[1].first?.marks == "<->"
                && comparison.differences[1].second?.marks == "<--")
        #expect(!comparison.isEqual)
    }

    @Test("A graph does not differ from itself, and distances are the same in both directions")
    func symmetry() throws {
        for seed in UInt64(0)..<40 {
            let graphs = try [seed, seed + 1_000].map { seed in
                try SeparationOracle(CausalDAG(seed: seed, observed: 6...6)).maximalAncestralGraph()
            }
            #expect(try GraphComparison(graphs[0], to: graphs[0]).isEqual)
            let (there, back) = (
                try GraphComparison(graphs[0], to: graphs[1]), try GraphComparison(graphs[1], to: graphs[0])
            )
            #expect(there.structuralHammingDistance == back.structuralHammingDistance)
            #expect(there.markDistance == back.markDistance)
            #expect(there.skeleton.precision == back.skeleton.recall)
            #expect(there.arrowheads.precision == back.arrowheads.recall && there.tails.f1 == back.tails.f1)
            #expect(
                there.structuralHammingDistance...2 * there.structuralHammingDistance ~= there.markDistance)
        }
    }

    @Test("Nothing found, or nothing there, has no precision or recall")
    func emptyGraphs() throws {
        let comparison = try GraphComparison(MixedGraph(nodeCount: 3), to: graph(3, "0 --> 1"))
        #expect(comparison.skeleton.precision == nil && comparison.skeleton.recall == 0)
        #expect(comparison.markAccuracy == nil)
        #expect(
            try GraphComparison(MixedGraph(nodeCount: 0), to: MixedGraph(nodeCount: 0)).skeleton.f1 == nil)
    }

    @Test("Names pair nodes up, whatever their order")
    func names() throws {
        let found = try graph(3, "0 --> 1", "1 o-> 2")
        let truth = try graph(3, "0 <-o 1", "1 <-- 2")
        let comparison = try GraphComparison(
            found, names: ["a", "b", "c"], to: truth, names: ["c", "b", "a"])
        #expect(comparison.isEqual)
        #expect(!(try GraphComparison(found, to: truth).isEqual))
    }

    @Test("Graphs over different nodes are refused, and the nodes named")
    func mismatch() throws {
        let (two, three) = (MixedGraph(nodeCount: 2), MixedGraph(nodeCount: 3))
        #expect(throws: DiscoveryError.nodesDiffer(onlyInFirst: [], onlyInSecond: ["2"], repeated: [])) {
            try GraphComparison(two, to: three)
        }
        let error = #expect(throws: DiscoveryError.self) {
            try GraphComparison(two, names: ["a", "a"], to: three, names: ["a", "b", "c"])
        }
        #expect(error == .nodesDiffer(onlyInFirst: [], onlyInSecond: ["b", "c"], repeated: ["a"]))
        #expect(error?.description.contains("only the second graph has b, c") == true)
    }
}
