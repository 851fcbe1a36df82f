import Testing

@testable import WhenceDiscovery

@Suite("Random graphs with latent and selection variables")
struct RandomGraphTests {
    /// A random DAG of 4 to 7 observed nodes.
    static func randomOracle(seed: UInt64, withSelection: Bool) throws -> SeparationOracle {
        var generator = SplitMix64(seed: seed)
        let observed = Int.random(in: 4...7, using: &generator)
        let latents = Int.random(in: 0...4, using: &generator)
        let selection = withSelection ? Int.random(in: 1...3, using: &generator) : 0
        let n = observed + latents + selection
        let density = Double.random(in: 0.15...0.5, using: &generator)
        let order = Array(0..<n).shuffled(using: &generator)
        var edges: [(parent: Int, child: Int)] = []
        for i in 0..<n {
            for j in i + 1..<n where Double.random(in: 0..<1, using: &generator) < density {
                edges.append((order[i], order[j]))
            }
        }
        // Latent variables near the roots confound; selection variables near the leaves select.
        return try SeparationOracle(
            nodeCount: n, edges: edges, latents: Array(order[..<latents]),
            selection: Array(order[(n - selection)...]))
    }

    @Test("FCI and ICD find the true graph, whatever the names of the nodes", arguments: 0..<10)
    func withoutSelection(batch: Int) throws {
        for seed in batch * 20..<batch * 20 + 20 {
            let oracle = try Self.randomOracle(seed: UInt64(seed), withSelection: false)
            try check(oracle, seed: seed, selectionBias: seed % 2 == 0)
        }
    }

    @Test("FCI and ICD find the true graph under selection bias", arguments: 0..<10)
    func withSelection(batch: Int) throws {
        for seed in batch * 15..<batch * 15 + 15 {
            let oracle = try Self.randomOracle(seed: UInt64(10_000 + seed), withSelection: true)
            try check(oracle, seed: seed, selectionBias: true)
        }
    }

    private func check(_ oracle: SeparationOracle, seed: Int, selectionBias: Bool) throws {
        var options = DiscoveryOptions()
        options.selectionBias = selectionBias
        let truth = TrueGraph(oracle)
        let expected = truth.partialAncestralGraph(selectionBias: selectionBias)
        truth.expectSound(expected)
        let icd = try ICD(options: options).run(oracle)
        #expect(icd.graph == expected, "ICD, seed \(seed)")
        #expect(try FCI(options: options).run(oracle).graph == expected, "FCI, seed \(seed)")
        var generator = SplitMix64(seed: UInt64(seed))
        let order = Array(0..<oracle.nodeCount).shuffled(using: &generator)
        let permuted = try ICD(options: options).run(RelabelledTest(test: oracle, order: order))
        #expect(try permuted.graph.relabelled(order) == expected, "relabelled ICD, seed \(seed)")
        for set in icd.separatingSets {
            #expect(oracle.evaluate(set.a, set.b, given: set.set).isIndependent)
        }
        if oracle.isWithoutSelection {
            for edge in icd.graph.edges {
                #expect(!["---", "o--", "--o"].contains(edge.marks), "seed \(seed)")
            }
        }
    }

    @Test("Where the most probable separating sets are kept, they do not depend on the names of the nodes")
    func maximumPValueIsOrderIndependent() throws {
        var options = DiscoveryOptions()
        options.separatingSetRule = .maximumPValue
        for reference in GraphCase.having(\.data) where reference.nodes <= 12 {
            let test = try reference.test()
            var generator = SplitMix64(seed: 7)
            let order = Array(0..<reference.nodes).shuffled(using: &generator)
            let plain = try FCI(options: options).run(test)
            let permuted = try FCI(options: options).run(RelabelledTest(test: test, order: order))
            #expect(permuted.testCounts == plain.testCounts, "\(reference.id)")
            let renamed = permuted.separatingSets.map { found in
                let (a, b) = (order[found.a], order[found.b])
                return [min(a, b), max(a, b)] + found.set.map { order[$0] }.sorted()
            }
            #expect(
                Set(renamed) == Set(plain.separatingSets.map { [$0.a, $0.b] + $0.set }), "\(reference.id)")
        }
    }
}

extension SeparationOracle {
    /// Whether no node is selected on: nothing but their descendants then makes marginally independent ones depend.
    var isWithoutSelection: Bool { observedAncestors(of: []).isEmpty }
}
