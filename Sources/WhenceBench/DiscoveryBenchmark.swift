import Foundation
import WhenceDiscovery

/// Causal discovery on covariances such as attention gives, and independence tests alone; on one core.
enum DiscoveryBenchmark {
    /// What a random attention matrix looks like.
    private struct Kind {
        var name: String
        /// Standard deviation of the logits.
        var spread: Double

        /// Nearly uniform attention, every pair correlated, as deep layers have it.
        static let diffuse = Kind(name: "diffuse", spread: 1)
        /// A few large weights a row.
        static let sharp = Kind(name: "sharp", spread: 4)
    }

    private static let cases: [(tokens: Int, kind: Kind, samples: Int)] = [
        (10, .diffuse, 768), (20, .diffuse, 64), (20, .diffuse, 768), (30, .diffuse, 768), (30, .sharp, 768),
        (50, .diffuse, 64), (50, .diffuse, 768), (64, .diffuse, 768), (64, .sharp, 768),
    ]

    /// `discovery [--runs N]`.
    static func run(_ arguments: [String]) throws {
        let runs = try Options(arguments, names: ["--runs"], flags: []).count("--runs") ?? 5
        print("                                   ms      tests  edges  status")
        for (tokens, kind, samples) in cases {
            let test = try FisherZTest(
                correlation: attentionCorrelation(tokens: tokens, spread: kind.spread, seed: 1),
                nodeCount: tokens, samples: samples)
            let name = "\(tokens) \(kind.name) \(samples)"
            try measure("ICD \(name)", ICD(), test, runs: runs)
            if tokens <= 20 { try measure("FCI \(name)", FCI(), test, runs: runs) }
        }
        var options = DiscoveryOptions()
        options.maximumConditioningSize = 2
        let long = try FisherZTest(
            correlation: attentionCorrelation(tokens: 512, spread: Kind.sharp.spread, seed: 1),
            nodeCount: 512,
            samples: 768)
        try measure("ICD 512 sharp 768, sets up to 2", ICD(options: options), long, runs: 1)

        // Equal correlations: every pair stays dependent given everything, so this is what tests alone cost.
        var equal = [Double](repeating: 0.9, count: 22 * 22)
        for diagonal in 0..<22 { equal[diagonal * 23] = 1 }
        options.maximumConditioningSize = 5
        let dense = try FisherZTest(correlation: equal, nodeCount: 22, samples: 1_000_000)
        let speed = try measure("FCI 22 dense, sets up to 5", FCI(options: options), dense, runs: 1)
        print("\(speed.text(digits: 1)) million independence tests a second in the last line.")
    }

    /// Measures a case and prints its line.
    ///
    /// - Returns: million tests a second.
    @discardableResult
    private static func measure(
        _ name: String, _ algorithm: some DiscoveryAlgorithm, _ test: FisherZTest, runs: Int
    ) throws -> Double {
        let result = try algorithm.run(test)
        let timing = try Timing(runs: runs) { _ = try algorithm.run(test) }
        let tests = result.testCounts.reduce(0, +)
        print(
            name.padding(toLength: 32, withPad: " ", startingAt: 0),
            timing.median.text(digits: 2).right(8), "\(tests)".right(10),
            "\(result.graph.edgeCount)".right(6),
            " \(result.status)")
        return Double(tests) / timing.median / 1e3
    }

    /// Correlations of `A·Aᵀ` for a random attention matrix A whose first token draws attention from all.
    private static func attentionCorrelation(tokens: Int, spread: Double, seed: UInt64) -> [Double] {
        var numbers = SplitMix64(state: seed)
        let attention = (0..<tokens).map { _ -> [Double] in
            let weights = (0..<tokens).map { exp(spread * numbers.nextNormal() + ($0 == 0 ? 1 : 0)) }
            let sum = weights.reduce(0, +)
            return weights.map { $0 / sum }
        }
        func covariance(_ i: Int, _ j: Int) -> Double {
            zip(attention[i], attention[j]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let deviations = (0..<tokens).map { covariance($0, $0).squareRoot() }
        return (0..<tokens * tokens).map { place in
            let (i, j) = place.quotientAndRemainder(dividingBy: tokens)
            return i == j ? 1 : covariance(i, j) / (deviations[i] * deviations[j])
        }
    }
}

extension SplitMix64 {
    /// Nearly normal, of mean 0 and variance 1: twelve uniform numbers less six.
    fileprivate mutating func nextNormal() -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
    }
}
