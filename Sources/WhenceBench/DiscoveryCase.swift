import Foundation
import WhenceDiscovery

/// An input of the discovery section: a random attention matrix.
struct DiscoveryCase {
    /// What the weights of a row are before they are divided by their sum.
    enum Kind: String {
        /// `e^z`, z normal: every pair correlated, as deep layers with attention sinks have it.
        case diffuse
        /// `e^(z / 2)`: nearly uniform rows, which differ by little from each other.
        case uniform
        /// `e^4z`: a few large weights a row.
        case sharp
        /// Uniform between 0 and 1.
        case dense
    }

    var tokens: Int
    var kind: Kind
    var samples: Int
    /// Largest conditioning set; `nil` for no limit.
    var conditioningSize: Int?

    /// Name of the case, which is also that of its file.
    var name: String { "\(tokens) \(kind.rawValue) \(samples)" }
    var fileName: String { name.replacing(" ", with: "-") + ".csv" }

    /// The targets' cases, and some beside them.
    static let all = [
        DiscoveryCase(tokens: 10, kind: .diffuse, samples: 768),
        DiscoveryCase(tokens: 20, kind: .diffuse, samples: 64),
        DiscoveryCase(tokens: 20, kind: .diffuse, samples: 768),
        DiscoveryCase(tokens: 25, kind: .dense, samples: 768),
        DiscoveryCase(tokens: 30, kind: .diffuse, samples: 768),
        DiscoveryCase(tokens: 30, kind: .sharp, samples: 768),
        DiscoveryCase(tokens: 50, kind: .diffuse, samples: 64),
        DiscoveryCase(tokens: 50, kind: .diffuse, samples: 768),
        DiscoveryCase(tokens: 64, kind: .diffuse, samples: 768),
        DiscoveryCase(tokens: 64, kind: .uniform, samples: 768),
        DiscoveryCase(tokens: 64, kind: .sharp, samples: 768),
        DiscoveryCase(tokens: 512, kind: .sharp, samples: 768, conditioningSize: 2),
        DiscoveryCase(tokens: 512, kind: .diffuse, samples: 768, conditioningSize: 2),
        DiscoveryCase(tokens: 512, kind: .dense, samples: 768),
    ]

    /// The attention matrix: rows sum to 1, and the first token draws e times the attention of another, but in dense
    /// ones.
    func attention() -> [[Double]] {
        var numbers = SplitMix64(state: 1)
        return (0..<tokens).map { _ in
            let weights = (0..<tokens).map { weight(of: $0, &numbers) }
            let sum = weights.reduce(0, +)
            return weights.map { $0 / sum }
        }
    }

    private func weight(of token: Int, _ numbers: inout SplitMix64) -> Double {
        let sink = token == 0 ? 1.0 : 0
        switch kind {
        case .diffuse: return exp(numbers.nextNormal() + sink)
        case .uniform: return exp(numbers.nextNormal() / 2 + sink)
        case .sharp: return exp(4 * numbers.nextNormal() + sink)
        case .dense: return Double.random(in: 0..<1, using: &numbers)
        }
    }

    /// Fisher's z on the correlations of `A·Aᵀ`, alpha 0.01.
    func test() throws -> FisherZTest {
        let attention = attention()
        func covariance(_ i: Int, _ j: Int) -> Double {
            zip(attention[i], attention[j]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let deviations = (0..<tokens).map { covariance($0, $0).squareRoot() }
        let correlation = (0..<tokens * tokens).map { place in
            let (i, j) = place.quotientAndRemainder(dividingBy: tokens)
            return i == j ? 1 : covariance(i, j) / (deviations[i] * deviations[j])
        }
        return try FisherZTest(correlation: correlation, nodeCount: tokens, samples: samples)
    }

    /// Writes the attention matrix as CSV without a header, numbers in the fewest digits that read back exactly.
    func write(to folder: URL) throws {
        let rows = attention().map { row in row.map { "\($0)" }.joined(separator: ",") }
        let text = rows.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: folder.appending(path: fileName))
    }
}

extension SplitMix64 {
    /// Nearly normal, of mean 0 and variance 1: twelve uniform numbers less six.
    fileprivate mutating func nextNormal() -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
    }
}
