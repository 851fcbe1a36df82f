import Foundation
import Testing

@testable import WhenceDiscovery

/// With `max-p` a graph must not depend on the order of the columns, on data that contradict themselves too.
@Suite("Independence of the order of nodes")
struct OrderIndependenceTests {
    /// All thousand random cases are run when `WHENCE_ALL_CASES` is set; a sample of them otherwise.
    private static let isComplete = ProcessInfo.processInfo.environment["WHENCE_ALL_CASES"] != nil

    private static func options(conditioningSize: Int? = nil) -> DiscoveryOptions {
        var options = DiscoveryOptions()
        options.separatingSetRule = .maximumPValue
        options.selectionBias = true
        options.maximumConditioningSize = conditioningSize
        return options
    }

    private func check(
        _ sample: CorrelationSample, orders: Int, seed: UInt64, _ options: DiscoveryOptions, _ name: String
    ) throws {
        var generator = SplitMix64(seed: seed)
        for algorithm in [FCI(options: options), ICD(options: options)] as [any DiscoveryAlgorithm] {
            let plain = try algorithm.run(sample.test())
            for _ in 0..<orders {
                let order = Array(0..<sample.nodeCount).shuffled(using: &generator)
                let permuted = try algorithm.run(sample.permuted(order).test())
                #expect(
                    try permuted.graph.relabelled(order) == plain.graph,
                    "\(type(of: algorithm)), \(name), order \(order)")
                #expect(permuted.testCounts == plain.testCounts)
                #expect(permuted.ambiguousTriples.count == plain.ambiguousTriples.count)
            }
        }
    }

    @Test("Graphs from random data do not depend on the order of the columns", arguments: 0..<10)
    func randomData(batch: Int) throws {
        for index in 0..<(Self.isComplete ? 100 : 3) {
            let seed = batch * 100 + index
            let sample = CorrelationSample.random(seed: UInt64(seed), nodes: Self.isComplete ? 5...14 : 5...9)
            try check(
                sample, orders: 3, seed: UInt64(seed), Self.options(conditioningSize: 4), "case \(seed)")
        }
    }

    @Test(
        "Nor do those of the reference cases",
        arguments: GraphCase.having(\.data).filter { ($0.fci?.tests.reduce(0, +) ?? .max) < 3_000 })
    func referenceCases(_ reference: GraphCase) throws {
        let test = try reference.test()
        let sample = CorrelationSample(
            nodeCount: reference.nodes, samples: test.samples, alpha: test.alpha,
            correlation: (0..<test.nodeCount * test.nodeCount).map { test.correlation.values[$0] })
        try check(sample, orders: 2, seed: 1, Self.options(), reference.id)
    }

    @Test("Exactly equal p-values leave a triple ambiguous, whatever the order")
    func ties() throws {
        // 1 and 2 are alike, 0 and 3 are alike: {1} and {2} separate 0 and 3 equally well.
        let (r, s, t) = (0.5, 0.3, 0.6)
        let sample = CorrelationSample(
            nodeCount: 4, samples: 100, alpha: 0.05,
            correlation: [1, r, r, s, r, 1, t, r, r, t, 1, r, s, r, r, 1])
        let result = try FCI(options: Self.options()).run(sample.test())
        #expect(result.separatingSet(of: 0, 3)?.set == [1])
        #expect(
            result.ambiguousTriples == [AmbiguousTriple(a: 0, b: 1, c: 3), AmbiguousTriple(a: 0, b: 2, c: 3)])
        try check(sample, orders: 10, seed: 3, Self.options(), "ties")
    }

    @Test("An edge that R1 directs both ways becomes bidirected in rounds, and one way in sweeps")
    func conflict() throws {
        let inconsistent = try graph(4, "0 o-> 1", "1 o-o 2", "2 <-o 3")
        let table = SeparatorTable(nodeCount: 4)
        var rounds = Orientation(graph: inconsistent, separators: table, schedule: .rounds)
        let hasChanged = rounds.applyRule1()
        #expect(hasChanged)
        #expect(edgeTexts(rounds.graph) == ["0 o-> 1", "1 <-> 2", "2 <-o 3"])
        var sweeps = Orientation(graph: inconsistent, separators: table)
        _ = sweeps.applyRule1()
        #expect(edgeTexts(sweeps.graph) == ["0 o-> 1", "1 --> 2", "2 <-o 3"])
    }
}

/// Correlations of a finite sample.
struct CorrelationSample {
    var nodeCount: Int
    var samples: Int
    var alpha: Double
    var correlation: [Double]

    func test() throws -> FisherZTest {
        try FisherZTest(correlation: correlation, nodeCount: nodeCount, samples: samples, alpha: alpha)
    }

    /// The sample in which column i is column `order[i]` of this one.
    func permuted(_ order: [Int]) -> CorrelationSample {
        var result = self
        for i in 0..<nodeCount {
            for j in 0..<nodeCount {
                result.correlation[i * nodeCount + j] = correlation[order[i] * nodeCount + order[j]]
            }
        }
        return result
    }

    /// By turns samples of a random linear-Gaussian model with latent variables, and attention A·Aᵀ.
    static func random(seed: UInt64, nodes: ClosedRange<Int>) -> CorrelationSample {
        var generator = SplitMix64(seed: seed)
        let n = Int.random(in: nodes, using: &generator)
        let samples = Int.random(in: 50...800, using: &generator)
        let alpha = [0.01, 0.05, 0.2][Int.random(in: 0..<3, using: &generator)]
        let rows =
            seed % 2 == 0
            ? gaussianRows(n, samples: samples, using: &generator) : attentionRows(n, using: &generator)
        return CorrelationSample(
            nodeCount: n, samples: samples, alpha: alpha, correlation: correlation(ofRows: rows))
    }

    /// Samples of n of the variables of a model: a row a variable, centred.
    private static func gaussianRows(
        _ n: Int, samples: Int, using generator: inout SplitMix64
    ) -> [[Double]] {
        let all = n + Int.random(in: 0...4, using: &generator)
        let density = Double.random(in: 0.2...0.6, using: &generator)
        let order = Array(0..<all).shuffled(using: &generator)
        var rows = [[Double]](repeating: [], count: all)
        for (place, node) in order.enumerated() {
            var row = (0..<samples).map { _ in normal(using: &generator) }
            for parent in order[..<place] where Double.random(in: 0..<1, using: &generator) < density {
                let weight = Double.random(in: -1...1, using: &generator)
                for sample in 0..<samples { row[sample] += weight * rows[parent][sample] }
            }
            let mean = row.reduce(0, +) / Double(samples)
            rows[node] = row.map { $0 - mean }
        }
        return Array(rows[..<n])
    }

    /// A row-stochastic matrix, half of the time a causal one.
    private static func attentionRows(_ n: Int, using generator: inout SplitMix64) -> [[Double]] {
        let sharpness = Double.random(in: 0.3...2.5, using: &generator)
        let isCausal = Bool.random(using: &generator)
        return (0..<n).map { i in
            let weights = (0..<n).map { j in
                isCausal && j > i ? 0 : exp(sharpness * normal(using: &generator))
            }
            let sum = weights.reduce(0, +)
            return weights.map { $0 / sum }
        }
    }

    private static func correlation(ofRows rows: [[Double]]) -> [Double] {
        let products = rows.map { row in rows.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
        return rows.indices.flatMap { i in
            rows.indices.map { j in
                i == j ? 1 : products[i][j] / (products[i][i] * products[j][j]).squareRoot()
            }
        }
    }

    private static func normal(using generator: inout SplitMix64) -> Double {
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &generator))).squareRoot()
        return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &generator))
    }
}
