import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("The order of the nodes")
struct NodeOrderTests {
    private static let algorithms: [@Sendable (DiscoveryOptions) -> any DiscoveryAlgorithm] = [
        { PC(options: $0) }, { RFCI(options: $0) }, { FCI(options: $0) },
    ]

    /// 9 tasks of 40 data sets, each under 3 permutations: 1,080.
    @Test("No adjacency depends on it, on data from few samples", arguments: 0..<3, 0..<3)
    func adjacencies(algorithm: Int, batch: Int) throws {
        var options = DiscoveryOptions()
        // FCI reads colliders between its stages from the recorded separating sets.
        if algorithm == 2 { options.separatingSetRule = .maximumPValue }
        let search = Self.algorithms[algorithm](options)
        for seed in batch * 40..<batch * 40 + 40 {
            var generator = SplitMix64(seed: UInt64(seed))
            let data = SampleCorrelations(&generator)
            let expected = adjacencies(try search.run(data.test()).graph)
            for _ in 0..<3 {
                let order = Array(0..<data.nodeCount).shuffled(using: &generator)
                let permuted = try search.run(data.test(order: order)).graph
                #expect(adjacencies(try permuted.relabelled(order)) == expected, "seed \(seed), \(order)")
            }
        }
    }

    private func adjacencies(_ graph: MixedGraph) -> [[Int]] { graph.edges.map { [$0.a, $0.b] } }
}

/// Correlations of few samples from a random linear system, some of its variables unobserved.
struct SampleCorrelations {
    let nodeCount: Int
    private let sampleCount: Int
    private let alpha: Double
    /// Row-major, exactly symmetric.
    private let correlations: [Double]

    init(_ generator: inout SplitMix64) {
        nodeCount = Int.random(in: 5...7, using: &generator)
        let count = nodeCount + 2
        alpha = [0.01, 0.05, 0.2].randomElement(using: &generator) ?? 0.05
        sampleCount = [30, 60, 120].randomElement(using: &generator) ?? 60
        let density = Double.random(in: 0.2...0.6, using: &generator)
        let order = Array(0..<count).shuffled(using: &generator)
        var columns = [[Double]](repeating: [], count: count)
        for (place, node) in order.enumerated() {
            var values = (0..<sampleCount).map { _ in Double.random(in: -1...1, using: &generator) }
            for cause in order[..<place] where Double.random(in: 0..<1, using: &generator) < density {
                let weight = Double.random(in: -1...1, using: &generator)
                for index in values.indices { values[index] += weight * columns[cause][index] }
            }
            columns[node] = values
        }
        let centred = columns.prefix(nodeCount).map { column in
            let mean = column.reduce(0, +) / Double(column.count)
            return column.map { $0 - mean }
        }
        let deviations = centred.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var correlations = [Double](repeating: 1, count: nodeCount * nodeCount)
        for i in 0..<nodeCount {
            for j in 0..<i {
                let product = zip(centred[i], centred[j]).reduce(0) { $0 + $1.0 * $1.1 }
                correlations[i * nodeCount + j] = product / (deviations[i] * deviations[j])
                correlations[j * nodeCount + i] = correlations[i * nodeCount + j]
            }
        }
        self.correlations = correlations
    }

    /// The test, node i of it being node `order[i]` of the data.
    func test(order: [Int]? = nil) throws -> FisherZTest {
        let order = order ?? Array(0..<nodeCount)
        let correlation = (0..<nodeCount * nodeCount).map { place in
            correlations[order[place / nodeCount] * nodeCount + order[place % nodeCount]]
        }
        return try FisherZTest(
            correlation: correlation, nodeCount: nodeCount, samples: sampleCount, alpha: alpha)
    }
}
