import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("Random graphs with latent and selection variables")
struct RandomGraphTests {
    /// How many graphs, of how many observed nodes: a thousand small ones, or what `WHENCE_RANDOM_GRAPHS` says, then
    /// with up to eight nodes.
    private static let wanted = ProcessInfo.processInfo.environment["WHENCE_RANDOM_GRAPHS"].flatMap {
        Int($0)
    }
    private static let batches = 40
    private static let seeds = (wanted ?? 1_000) / batches
    private static let sizes = wanted == nil ? 4...6 : 4...8

    @Test(
        "Every algorithm finds the marks that all equivalent graphs share, whatever the names of the nodes",
        arguments: 0..<batches)
    func algorithmsFindTheClass(batch: Int) throws {
        for seed in batch * Self.seeds..<(batch + 1) * Self.seeds {
            let dag = try CausalDAG(seed: UInt64(seed), observed: Self.sizes)
            let equivalenceClass = CausalTruth(dag).equivalenceClass()
            let oracle = try SeparationOracle(dag)
            let member = oracle.maximalAncestralGraph()
            // Where the search gives up, which takes eight nodes, every mark that it decided is compared.
            let isDecided = equivalenceClass.isComplete
            #expect(isDecided || dag.observed.count == 8, "the search for the class of seed \(seed) gave up")
            let expected =
                isDecided ? equivalenceClass.partialAncestralGraph : try member.partialAncestralGraph()
            #expect(equivalenceClass.agrees(with: expected), "seed \(seed)")
            #expect(expected.violations(as: .partialAncestralGraph).isEmpty, "seed \(seed)")
            #expect(member.violations(as: .maximalAncestralGraph).isEmpty, "seed \(seed)")
            #expect(try member.partialAncestralGraph() == expected, "seed \(seed)")
            try check(dag, oracle, seed: seed, expected: expected)
        }
    }

    private func check(
        _ dag: CausalDAG, _ oracle: SeparationOracle, seed: Int, expected: MixedGraph
    ) throws {
        var options = DiscoveryOptions()
        options.selectionBias = !dag.selection.isEmpty || seed % 2 == 0
        var generator = SplitMix64(seed: UInt64(seed))
        let order = Array(0..<oracle.nodeCount).shuffled(using: &generator)
        for algorithm in CompleteAlgorithm.all {
            let search = algorithm.make(options)
            let result = try search.run(oracle)
            #expect(result.graph == expected, "\(algorithm.testDescription), seed \(seed)")
            #expect(result.graph.violations(as: .partialAncestralGraph).isEmpty, "seed \(seed)")
            for set in result.separatingSets {
                #expect(oracle.evaluate(set.a, set.b, given: set.set).isIndependent)
            }
            guard seed % 5 == 0 else { continue }
            let permuted = try search.run(RelabelledTest(test: oracle, order: order))
            #expect(
                try permuted.graph.relabelled(order) == expected,
                "relabelled \(algorithm.testDescription), seed \(seed)")
        }
        if dag.selection.isEmpty {
            for edge in expected.edges {
                #expect(!["---", "o--", "--o"].contains(edge.marks), "seed \(seed)")
            }
        }
    }

    @Test(
        "RFCI, ordered ICD and PC keep on the same graphs what each of them promises", arguments: 0..<batches)
    func otherAlgorithms(batch: Int) throws {
        // Their checks list all subsets of neighbours: without the wish for more, a tenth of the graphs.
        let step = Self.wanted == nil ? 10 : 1
        for seed in stride(from: batch * Self.seeds, to: (batch + 1) * Self.seeds, by: step) {
            let dag = try CausalDAG(seed: UInt64(seed), observed: Self.sizes)
            let oracle = try SeparationOracle(dag)
            try RFCITests().check(oracle, selectionBias: !dag.selection.isEmpty, "seed \(seed)")
            if dag.selection.isEmpty { try OrderedICDTests().check(oracle, seed: seed) }
            // PC takes all causes for observed: so they are here.
            if dag.links.count <= 11 {
                try PCTests().check(
                    dag.nodeCount, dag.links.map { ($0.parent, $0.child) }, "seed \(seed)")
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
