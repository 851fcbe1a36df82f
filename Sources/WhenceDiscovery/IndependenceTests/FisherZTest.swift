#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Fisher's z test of zero partial correlation, for jointly Gaussian variables.
///
/// With `P` the inverse of the correlations among `i`, `j` and the set `S`, the partial correlation is
/// `ρ = −P_ij / √(P_ii P_jj)`; under independence `√(samples − |S| − 3) · atanh ρ` is nearly standard normal.
/// Independent means: the two-sided p-value is above `alpha`.
///
/// A correlation sub-matrix with a Cholesky pivot below 1e-10 makes the test *degenerate*: dependent, p = 0. So
/// does a pair with |correlation| of 1 − 1e-12 or more, under every set that holds neither.
/// - Note: Fisher 1924, *The distribution of the partial correlation coefficient*, Metron 3.
public struct FisherZTest: IndependenceTest {
    /// Number of variables.
    public let nodeCount: Int
    /// Number of samples behind the correlations.
    public let samples: Int
    /// Significance level.
    public let alpha: Double
    let correlation: CorrelationTable
    /// The statistic from which on two variables are dependent: `P(|N(0,1)| > criticalStatistic) = alpha`.
    let criticalStatistic: Double

    /// Smallest Cholesky pivot that counts as positive; the diagonal is 1.
    static let smallestPivot = 1e-10
    /// |correlation| from which on two variables are the same one.
    static let equality = 1 - 1e-12
    /// What rounding may do to a correlation matrix before it counts as wrong.
    private static let tolerance = 1e-6

    /// Makes a test from a correlation matrix.
    ///
    /// - Parameters:
    ///   - correlation: `[nodeCount, nodeCount]`, row-major. Differences of up to 1e-6 from symmetry, from a unit
    ///     diagonal and from the range −1 to 1 are taken for rounding; the upper triangle is used.
    ///   - samples: At least 4, the fewest that allow the test without a conditioning set.
    ///   - alpha: Above 0, below 1.
    /// - Throws: `DiscoveryError` for a matrix that is not one of correlations, or parameters out of range.
    public init(correlation: [Double], nodeCount: Int, samples: Int, alpha: Double = 0.01) throws {
        guard nodeCount >= 0, correlation.count == nodeCount * nodeCount else {
            throw DiscoveryError.matrixSize(entries: correlation.count, nodeCount: nodeCount)
        }
        guard samples >= 4 else { throw DiscoveryError.samples(samples) }
        guard alpha > 0, alpha < 1 else { throw DiscoveryError.alpha(alpha) }
        self.nodeCount = nodeCount
        self.samples = samples
        self.alpha = alpha
        self.correlation = CorrelationTable(try Self.cleaned(correlation, nodeCount))
        criticalStatistic = Self.statistic(atPValue: alpha)
    }

    /// The same correlations at another significance level.
    init(_ test: FisherZTest, alpha: Double) throws {
        guard alpha > 0, alpha < 1 else { throw DiscoveryError.alpha(alpha) }
        (nodeCount, samples, correlation) = (test.nodeCount, test.samples, test.correlation)
        self.alpha = alpha
        criticalStatistic = Self.statistic(atPValue: alpha)
    }

    /// `samples − 4`: one degree of freedom must be left.
    public var maximumConditioningSize: Int? { samples - 4 }

    /// Tests `i` and `j` given `set` from a factorisation of its own.
    ///
    /// A set larger than `maximumConditioningSize` gives "dependent" with p = 0.
    /// - Precondition: different nodes of the matrix, `set` ascending without them.
    /// - Complexity: O(|set|³).
    public func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        precondition(
            (0..<nodeCount).contains(i) && (0..<nodeCount).contains(j) && i != j
                && set.allSatisfy { (0..<nodeCount).contains($0) && $0 != i && $0 != j }
                && zip(set, set.dropFirst()).allSatisfy(<),
            "a test needs two different nodes of the matrix and an ascending set of others")
        let evaluator = FisherZEvaluator(self, largestSet: set.count)
        let judgement = evaluator.judge(i, j, given: set)
        return IndependenceOutcome(
            pValue: evaluator.pValue(strength: judgement.strength, conditioningSize: set.count),
            isIndependent: judgement.isIndependent, isDegenerate: judgement.isDegenerate)
    }

    static func cleaned(_ matrix: [Double], _ n: Int) throws -> [Double] {
        var result = matrix
        for row in 0..<n {
            for column in row..<n {
                let (value, mirrored) = (matrix[row * n + column], matrix[column * n + row])
                guard value.isFinite, mirrored.isFinite else {
                    throw DiscoveryError.notFinite(row: row, column: column)
                }
                guard abs(value - mirrored) <= tolerance else {
                    throw DiscoveryError.notSymmetric(
                        row: row, column: column, value: value, mirrored: mirrored)
                }
                guard abs(value) <= 1 + tolerance else {
                    if row == column { throw DiscoveryError.diagonal(row: row, value: value) }
                    throw DiscoveryError.outOfRange(row: row, column: column, value: value)
                }
                if row == column, abs(value - 1) > tolerance {
                    throw DiscoveryError.diagonal(row: row, value: value)
                }
                let clean = row == column ? 1 : min(1, max(-1, value))
                result[row * n + column] = clean
                result[column * n + row] = clean
            }
        }
        return result
    }
}

extension FisherZTest: EvaluableTest {
    func makeEvaluator() -> any IndependenceEvaluator { FisherZEvaluator(self, largestSet: nodeCount) }

    /// `√(samples − size − 3)`; 0 when no degree of freedom is left.
    func statisticScale(conditioningSize: Int) -> Double {
        Double(max(0, samples - conditioningSize - 3)).squareRoot()
    }

    /// Two-sided p-value of a partial correlation.
    func pValue(absoluteCorrelation: Double, conditioningSize: Int) -> Double {
        let scale = statisticScale(conditioningSize: conditioningSize)
        guard scale > 0, absoluteCorrelation < 1 else { return 0 }
        return Self.pValue(ofStatistic: scale * atanh(absoluteCorrelation))
    }

    /// `P(|N(0,1)| > statistic)`.
    private static func pValue(ofStatistic statistic: Double) -> Double {
        erfc(statistic / 2.0.squareRoot())
    }

    /// The statistic whose p-value is `target`, by bisection to the last bit.
    private static func statistic(atPValue target: Double) -> Double {
        var (low, high) = (0.0, 40.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return high }
            if pValue(ofStatistic: middle) > target { low = middle } else { high = middle }
        }
    }
}
