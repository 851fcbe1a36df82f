import Testing
import WhenceDiscovery

@Suite("Reference cases")
struct ReferenceCaseTests {
    @Test("All sixty cases are there")
    func fixturesAreComplete() throws {
        #expect(try GraphCase.all.get().count == 60)
        #expect(GraphCase.having(\.oracle).count == 20)
        #expect(GraphCase.having(\.data).count == 40)
        #expect(GraphCase.having(\.candidates).count == 20)
    }

    @Test("With an oracle FCI and ICD find the true graph", arguments: GraphCase.having(\.oracle))
    func oracleGraphs(_ reference: GraphCase) throws {
        let expected = try #require(reference.oracle)
        let oracle = try SeparationOracle(
            nodeCount: reference.nodes, edges: expected.dag.map { ($0[0], $0[1]) },
            latents: expected.latents, selection: expected.selection)
        var options = DiscoveryOptions()
        options.selectionBias = !expected.selection.isEmpty
        let icd = try ICD(options: options).run(oracle)
        #expect(edgeTexts(icd.graph, names: oracle.observed) == expected.graph)
        #expect(icd.graph.violations(as: .partialAncestralGraph).isEmpty)
        #expect(icd.testCounts == reference.icd?.tests)
        #expect(icd.status == .complete)
        let tests = try #require(reference.fci?.tests)
        // The one case of 200,000 tests takes too long in a debug build.
        guard tests.reduce(0, +) < 20_000 else { return }
        let fci = try FCI(options: options).run(oracle)
        #expect(edgeTexts(fci.graph, names: oracle.observed) == expected.graph)
        #expect(fci.graph.violations(as: .partialAncestralGraph).isEmpty)
        #expect(fci.testCounts == tests)
        #expect(fci.status == .complete)
    }

    @Test(
        "On correlations ICD finds the reference's graph, by the same tests",
        arguments: GraphCase.having(\.data))
    func icdOnData(_ reference: GraphCase) throws {
        var options = DiscoveryOptions()
        options.selectionBias = true
        try compare(try ICD(options: options).run(reference.test()), try #require(reference.icd))
    }

    @Test(
        "On correlations FCI finds the reference's graph, by the same tests",
        arguments: GraphCase.having(\.data).filter { ($0.fci?.tests.reduce(0, +) ?? .max) < 50_000 })
    func fciOnData(_ reference: GraphCase) throws {
        var options = DiscoveryOptions()
        options.selectionBias = true
        try compare(try FCI(options: options).run(reference.test()), try #require(reference.fci))
    }

    private func compare(_ result: DiscoveryResult, _ expected: GraphCase.Run) throws {
        #expect(edgeTexts(result.graph) == expected.graph)
        #expect(result.testCounts == expected.tests)
        #expect(result.separatingSets.map { [$0.a, $0.b] + $0.set } == expected.separators)
        #expect(result.status == .complete)
        #expect(result.edgePValues.count == result.graph.edgeCount)
        #expect(result.separatingSets.allSatisfy { $0.pValue > 0 && $0.pValue <= 1 })
        for edge in result.graph.edges {
            #expect(result.separatingSet(of: edge.a, edge.b) == nil)
            #expect(try #require(result.edgePValue(edge.a, edge.b)) <= 0.05)
        }
    }

    @Test(
        "The explanation candidates are the reference's, in its order",
        arguments: GraphCase.having(\.candidates))
    func candidates(_ reference: GraphCase) throws {
        let expected = try #require(reference.candidates)
        var options = DiscoveryOptions()
        options.selectionBias = true
        let graph = try ICD(options: options).run(reference.test()).graph
        let tree = PossibleDSepTree(graph, root: expected.target)
        #expect(tree.nodes.count == expected.distances.count)
        for node in tree.nodes { #expect(tree.distance(of: node) == expected.distances["\(node)"]) }
        let found = (1...expected.largestSize).flatMap { tree.legalSets(ofSize: $0).sets }
        #expect(found.count == expected.count)
        #expect(found.prefix(expected.sets.count).map { $0.nodes + [$0.distance] } == expected.sets)
    }
}
