import Testing

@testable import WhenceDiscovery

@Suite("Ordered ICD")
struct OrderedICDTests {
    @Test("With a true order the adjacencies are exact and the marks sound", arguments: 0..<10)
    func oracles(batch: Int) throws {
        for seed in batch * 25..<batch * 25 + 25 {
            let oracle = try SeparationOracle.random(seed: UInt64(seed), withSelection: false)
            try check(oracle, seed: seed)
        }
    }

    /// The adjacencies are exact, the marks sound, and follow the order.
    func check(_ oracle: SeparationOracle, seed: Int) throws {
        let order = causalOrder(oracle)
        let result = try OrderedICD(order: order).run(oracle)
        #expect(result.status == .complete)
        TrueGraph(oracle).expectSound(result.graph)
        expectFollows(order, result.graph)
        try expectRelabels(result.graph, order, oracle, seed: seed)
        expectLegal(result.graph, "seed \(seed)")
    }

    /// A graph whose marks an order restricts is no PAG. Its directed edges still make no cycle, and none from one end
    /// of an edge to the other without a tail there: so with an arrowhead for every circle it keeps the laws on cycles.
    private func expectLegal(_ graph: MixedGraph, _ name: String) {
        var decided = graph
        for edge in graph.edges {
            for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
            where mark == .circle { decided.setMark(.arrow, at: near, from: far) }
        }
        let broken = decided.violations(as: .maximalAncestralGraph).filter { $0.law != .inducingPath }
        #expect(broken.isEmpty, "\(name): \(broken)")
    }

    @Test(
        "Hard graphs, such as the one where the later node's side alone kept 1 - 3",
        arguments: PublishedFaultTests.faults)
    func hardGraphs(_ fault: PublishedFaultTests.Fault) throws {
        let oracle = try oracle(fault.edges, latents: fault.latents)
        let result = try OrderedICD(order: causalOrder(oracle)).run(oracle)
        TrueGraph(oracle).expectSound(result.graph)
        expectLegal(result.graph, fault.testDescription)
        let free = try ICD().run(oracle).graph
        for edge in free.edges {
            for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
            where mark != .circle {
                #expect(result.graph.mark(at: near, from: far) == mark, "\(edge)")
            }
        }
    }

    @Test("The published graph with the published order")
    func publishedOrder() throws {
        let oracle = try oracle(
            "0>2 0>3 2>1 4>1 4>5 5>1 5>3 6>1 7>2 7>6 8>2 8>5 9>3 9>6", latents: [7, 8, 9])
        let result = try OrderedICD(order: [4, 0, 6, 5, 2, 1, 3]).run(oracle)
        #expect(!result.graph.isAdjacent(1, 3))
        TrueGraph(oracle).expectSound(result.graph)
    }

    @Test("Over four nodes in order, the marks are those that all graphs of the class and the order share")
    func everyClass() throws {
        let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
        var classes: [[Bool]: MixedGraph] = [:]
        var oracles: [[Bool]: SeparationOracle] = [:]
        for code in 0..<729 {
            var (graph, rest) = (MixedGraph(nodeCount: 4), code)
            for (a, b) in pairs {
                if rest % 3 > 0 { graph.connect(Edge(a, rest % 3 == 1 ? .tail : .arrow, .arrow, b)) }
                rest /= 3
            }
            let oracle = try canonicalOracle(graph)
            // Not every such graph is ancestral and maximal; those that are come back from their own oracle.
            guard TrueGraph(oracle).maximalAncestralGraph == graph else { continue }
            let answers = allAnswers(oracle)
            oracles[answers] = oracle
            guard var common = classes[answers] else {
                classes[answers] = graph
                continue
            }
            for edge in graph.edges where common.mark(at: edge.a, from: edge.b) != edge.markAtA {
                common.setMark(.circle, at: edge.a, from: edge.b)
            }
            classes[answers] = common
        }
        #expect(classes.count > 50)
        for (answers, expected) in classes {
            let oracle = try #require(oracles[answers])
            #expect(try OrderedICD(order: [0, 1, 2, 3]).run(oracle).graph == expected)
        }
    }

    @Test(
        "On attention with a causal mask every edge points to its later end",
        arguments: GraphCase.having(\.data))
    func attention(_ reference: GraphCase) throws {
        let test = try reference.test()
        let order = Array(0..<test.nodeCount)
        let result = try OrderedICD(order: order).run(test)
        #expect(result.status == .complete)
        expectFollows(order, result.graph)
        for separator in result.separatingSets {
            #expect(separator.set.allSatisfy { $0 < separator.b }, "\(separator)")
        }
    }

    @Test(
        "An order that does not name every node once is refused",
        arguments: [[0, 1], [0, 1, 1], [0, 1, 3], [0, 1, 2, 3]])
    func wrongOrder(_ order: [Int]) throws {
        let oracle = try oracle("0>1 1>2")
        #expect(throws: DiscoveryError.self) { try OrderedICD(order: order).run(oracle) }
    }

    /// The graph does not depend on the names of the nodes.
    private func expectRelabels(
        _ graph: MixedGraph, _ order: [Int], _ oracle: SeparationOracle, seed: Int
    ) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let names = Array(0..<oracle.nodeCount).shuffled(using: &generator)
        let renamed = order.compactMap { names.firstIndex(of: $0) }
        let permuted = try OrderedICD(order: renamed).run(RelabelledTest(test: oracle, order: names))
        #expect(try permuted.graph.relabelled(names) == graph, "seed \(seed)")
    }

    private func expectFollows(_ order: [Int], _ graph: MixedGraph) {
        for edge in graph.edges {
            let isForward = (order.firstIndex(of: edge.a) ?? 0) < (order.firstIndex(of: edge.b) ?? 0)
            #expect((isForward ? edge.markAtB : edge.markAtA) == .arrow, "\(edge)")
        }
    }

    /// The observed nodes, ancestors first.
    private func causalOrder(_ oracle: SeparationOracle) -> [Int] {
        let counts = (0..<oracle.nodeCount).map { oracle.observedAncestors(of: [$0]).count }
        return (0..<oracle.nodeCount).sorted { (counts[$0], $0) < (counts[$1], $1) }
    }

    /// A graph of `-->` and `<->` as a DAG with a latent variable for every `<->`.
    private func canonicalOracle(_ graph: MixedGraph) throws -> SeparationOracle {
        var (edges, latents) = ([(parent: Int, child: Int)](), [Int]())
        for edge in graph.edges {
            if edge.markAtA == .tail {
                edges.append((edge.a, edge.b))
            } else {
                let latent = graph.nodeCount + latents.count
                latents.append(latent)
                edges += [(latent, edge.a), (latent, edge.b)]
            }
        }
        return try SeparationOracle(
            nodeCount: graph.nodeCount + latents.count, edges: edges, latents: latents)
    }

    private func allAnswers(_ oracle: SeparationOracle) -> [Bool] {
        var answers: [Bool] = []
        for a in 0..<oracle.nodeCount {
            for b in 0..<a {
                let others = (0..<oracle.nodeCount).filter { $0 != a && $0 != b }
                for mask in 0..<1 << others.count {
                    let set = others.indices.filter { mask >> $0 & 1 == 1 }.map { others[$0] }
                    answers.append(oracle.evaluate(a, b, given: set).isIndependent)
                }
            }
        }
        return answers
    }
}
