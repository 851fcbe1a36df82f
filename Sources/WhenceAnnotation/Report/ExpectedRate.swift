internal import Foundation

/// How often a part explains, given how it is associated with the label, how frequent it is, and the rows it stands in.
///
/// `logit μ = logit blind + β₀ + β₁·association + β₂·ln rows`, `β₁ ≥ 0`, fitted to all parts by weighted logistic
/// regression. The offset `blind` is what drawing the parts of explanations blindly from each row would give: it holds
/// the length of the rows and how many parts explain there. Slopes have a weak normal prior (standard deviation 5), so
/// that parts that are told apart completely do not send them to infinity.
///
/// Parts that are alike still differ, as words of one frequency and sentiment do; `dispersion` is how much. It is chosen
/// so that Pearson's statistic equals its degrees of freedom, and parts are weighted by `1 / (1 + (n − 1)·dispersion)`,
/// in turns until neither changes.
/// - Note: Williams 1982, *Extra-binomial variation in logistic linear models*, §4 (method II).
struct ExpectedRate {
    /// One part.
    struct Observation {
        /// Rows that hold it.
        var rows: Int
        /// Rows where it explains.
        var explains: Int
        /// The rate of blind drawing, above 0.
        var blind: Double
        /// Not negative.
        var association: Double
    }

    /// Intercept, association, logarithm of rows.
    private(set) var coefficients = [0.0, 0.0, 0.0]
    /// How much parts that are alike differ, 0…1.
    private(set) var dispersion = 0.0

    /// With fewer parts there is nothing to compare with.
    static let fewestParts = 10
    private static let priorDeviation = 5.0
    private static let rounds = 50

    /// Fits the rate.
    ///
    /// - Parameter start: a fit to nearly the same parts, which saves most of the work.
    /// - Complexity: O(parts).
    init(_ parts: [Observation], startingFrom start: ExpectedRate? = nil) {
        if let start { self = start }
        var isFree = [true, true, true]
        for _ in 0..<Self.rounds {
            let before = (coefficients, dispersion)
            fit(parts, isFree)
            if coefficients[1] < 0 {
                // More association must not make a part explain less.
                isFree[1] = false
                coefficients[1] = 0
                fit(parts, isFree)
            }
            fitDispersion(parts)
            let change = zip(coefficients, before.0).map { abs($0 - $1) }.max() ?? 0
            if change < 1e-9, abs(dispersion - before.1) < 1e-9 { break }
        }
    }

    /// The expected rate of a part, above 0 and below 1.
    func callAsFunction(_ part: Observation) -> Double {
        let blind = min(max(part.blind, 1e-6), 1 - 1e-6)
        let terms = zip(coefficients, Self.covariates(part)).reduce(0) { $0 + $1.0 * $1.1 }
        let logit = log(blind / (1 - blind)) + terms
        return 1 / (1 + exp(-min(max(logit, -30), 30)))
    }

    private static func covariates(_ part: Observation) -> [Double] {
        [1, part.association, log(Double(part.rows))]
    }

    private func weight(_ part: Observation) -> Double { 1 / (1 + Double(part.rows - 1) * dispersion) }

    /// Newton's method on the penalised logarithm of the likelihood, which is concave.
    private mutating func fit(_ parts: [Observation], _ isFree: [Bool]) {
        let precision = 1 / (Self.priorDeviation * Self.priorDeviation)
        let prior = [0, precision, precision]
        let free = isFree.indices.filter { isFree[$0] }
        for _ in 0..<Self.rounds {
            var gradient = free.map { -prior[$0] * coefficients[$0] }
            var curvature = free.map { row in free.map { $0 == row ? prior[row] : 0 } }
            for part in parts {
                let (rate, weight, x) = (self(part), weight(part), Self.covariates(part))
                let residual = weight * (Double(part.explains) - Double(part.rows) * rate)
                let variance = weight * Double(part.rows) * rate * (1 - rate)
                for (row, i) in free.enumerated() {
                    gradient[row] += residual * x[i]
                    for (column, j) in free.enumerated() { curvature[row][column] += variance * x[i] * x[j] }
                }
            }
            let step = Self.solve(curvature, gradient)
            // Half as far and half again until the likelihood grows: Newton's step may go too far at first.
            let start = coefficients
            let likelihood = logLikelihood(parts, prior)
            var length = 1.0
            repeat {
                for (row, i) in free.enumerated() { coefficients[i] = start[i] + length * step[row] }
                length /= 2
            } while logLikelihood(parts, prior) < likelihood - 1e-12 * abs(likelihood) && length > 1e-6
            if (step.map(abs).max() ?? 0) < 1e-10 { return }
        }
    }

    private func logLikelihood(_ parts: [Observation], _ prior: [Double]) -> Double {
        let penalty = zip(prior, coefficients).reduce(0) { $0 + $1.0 * $1.1 * $1.1 / 2 }
        return parts.reduce(-penalty) { sum, part in
            let rate = self(part)
            let misses = Double(part.rows - part.explains)
            return sum + weight(part) * (Double(part.explains) * log(rate) + misses * log1p(-rate))
        }
    }

    /// Solves a positive definite system of up to three equations by Gaussian elimination.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (matrix, right) = (matrix, right)
        for pivot in right.indices where matrix[pivot][pivot] > 0 {
            for row in right.indices.dropFirst(pivot + 1) {
                let factor = matrix[row][pivot] / matrix[pivot][pivot]
                for column in right.indices { matrix[row][column] -= factor * matrix[pivot][column] }
                right[row] -= factor * right[pivot]
            }
        }
        for row in right.indices.reversed() {
            for column in right.indices.dropFirst(row + 1) {
                right[row] -= matrix[row][column] * right[column]
            }
            right[row] = matrix[row][row] > 0 ? right[row] / matrix[row][row] : 0
        }
        return right
    }

    /// The dispersion at which Pearson's statistic, which falls with it, equals its degrees of freedom.
    private mutating func fitDispersion(_ parts: [Observation]) {
        let rates = parts.map { self($0) }
        let freedom = Double(parts.count - coefficients.count)
        func statistic(_ dispersion: Double) -> Double {
            zip(parts, rates).reduce(0) { sum, entry in
                let (part, rate) = (entry.0, entry.1)
                let rows = Double(part.rows)
                let residual = Double(part.explains) - rows * rate
                return sum + residual * residual / (rows * rate * (1 - rate) * (1 + (rows - 1) * dispersion))
            }
        }
        var (low, high) = (0.0, 0.999)
        guard statistic(low) > freedom else {
            dispersion = 0
            return
        }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if statistic(middle) > freedom { low = middle } else { high = middle }
        }
        dispersion = (low + high) / 2
    }
}
