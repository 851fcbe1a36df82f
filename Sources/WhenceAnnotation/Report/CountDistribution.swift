internal import Foundation

/// How often something happens in a number of rows: binomial, or beta-binomial where the rate itself varies.
///
/// With dispersion `ρ` the rate is drawn from a beta distribution with mean `μ` and variance `ρ μ (1 − μ)`, so that
/// the count has variance `n μ (1 − μ) (1 + (n − 1) ρ)`; two rows are correlated by `ρ`.
/// - Note: Skellam 1948, *A probability distribution derived from the binomial distribution*; `ρ` as Williams 1982.
struct CountDistribution {
    /// Rows, above 0.
    var rows: Int
    /// `μ`, above 0 and below 1.
    var mean: Double
    /// `ρ`, from 0 to below 1. Below ``smallestDispersion`` it counts as 0.
    var dispersion: Double

    /// With less, the beta distribution's parameters are so large that their log gamma functions lose the digits in
    /// which the two distributions differ.
    private static let smallestDispersion = 1e-6

    /// Standard deviation of the count.
    var deviation: Double {
        let rows = Double(rows)
        return (rows * mean * (1 - mean) * (1 + (rows - 1) * dispersion)).squareRoot()
    }

    /// The probability of `count` or more.
    ///
    /// Sums the side of the mean on which terms shrink, so that small probabilities keep their digits.
    /// - Complexity: O(rows).
    func upperTail(_ count: Int) -> Double {
        guard count > 0 else { return 1 }
        guard count <= rows else { return 0 }
        if Double(count) > Double(rows) * mean { return min(1, sum(from: count, upwards: true)) }
        return max(0, 1 - sum(from: count - 1, upwards: false))
    }

    /// Sum of the probabilities from a count to the end, each from the one before by its ratio.
    private func sum(from count: Int, upwards: Bool) -> Double {
        var (sum, term) = (1.0, 1.0)
        var place = count
        while upwards ? place < rows : place > 0 {
            let ratio = upwards ? ratio(after: place) : 1 / self.ratio(after: place - 1)
            term *= ratio
            sum += term
            place += upwards ? 1 : -1
            // A beta distribution may rise again at its ends; then all terms are taken.
            if ratio < 1, term < sum * 1e-18, hasOneMode { break }
        }
        return exp(logProbability(count)) * sum
    }

    /// The parameters of the beta distribution.
    private var shape: (a: Double, b: Double)? {
        guard dispersion > Self.smallestDispersion else { return nil }
        let sum = 1 / dispersion - 1
        return (mean * sum, (1 - mean) * sum)
    }

    private var hasOneMode: Bool { shape.map { $0.a >= 1 && $0.b >= 1 } ?? true }

    /// `P(count + 1) / P(count)`.
    private func ratio(after count: Int) -> Double {
        let (x, n) = (Double(count), Double(rows))
        guard let (a, b) = shape else { return (n - x) / (x + 1) * mean / (1 - mean) }
        return (n - x) * (x + a) / ((x + 1) * (n - x - 1 + b))
    }

    private func logProbability(_ count: Int) -> Double {
        let (x, n) = (Double(count), Double(rows))
        let ways = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
        guard let (a, b) = shape else { return ways + x * log(mean) + (n - x) * log1p(-mean) }
        return ways + Self.logBeta(x + a, n - x + b) - Self.logBeta(a, b)
    }

    private static func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
}
