/// Test of independence in contingency tables, for categorical variables.
///
/// For every combination of values of the conditioning set that occurs, the counts of `i` and `j` are compared with
/// those expected under independence, `e = row total · column total / total`:
///
///     G² = 2 Σ n ln(n / e),   X² = Σ (n − e)² / e.
///
/// Either is nearly χ²-distributed under independence. A combination has (rows − 1)(columns − 1) *degrees of freedom*,
/// where only rows and columns that hold a sample count; those of all combinations are added up. Independent means:
/// the p-value is above `alpha`.
///
/// A test is *not possible*, which counts as dependent and degenerate with p = 0, when there are fewer samples than
/// `samplesPerDegreeOfFreedom` for each degree of freedom of full tables, or no degree of freedom is left.
/// - Note: Spirtes, Glymour and Scheines 2000, *Causation, prediction, and search*, §5.5; Bishop, Fienberg and Holland
///   1975, *Discrete multivariate analysis*, §3.8, on degrees of freedom of tables with empty rows.
public struct ContingencyTest: IndependenceTest {
    /// Distance from independence.
    public enum Statistic: String, Sendable, Hashable, Codable, CaseIterable {
        /// Likelihood ratio, G².
        case gSquared = "g2"
        /// Pearson's X².
        case chiSquared = "chi2"
    }

    /// The samples.
    public let table: CategoryTable
    /// The distance from independence.
    public let statistic: Statistic
    /// Significance level.
    public let alpha: Double
    /// Samples that a degree of freedom needs.
    public let samplesPerDegreeOfFreedom: Double

    /// Makes a test.
    ///
    /// - Parameters:
    ///   - table: The samples.
    ///   - statistic: The distance from independence.
    ///   - alpha: Above 0, below 1.
    ///   - samplesPerDegreeOfFreedom: At least 1, because below it tables have more cells than samples. 5 is what
    ///     Tsamardinos, Brown and Aliferis 2006, Machine Learning 65, ask for; 10 is more careful.
    /// - Throws: `DiscoveryError.alpha`, `.testSetting`.
    public init(
        _ table: CategoryTable, statistic: Statistic = .gSquared, alpha: Double = 0.01,
        samplesPerDegreeOfFreedom: Double = 5
    ) throws {
        guard alpha > 0, alpha < 1 else { throw DiscoveryError.alpha(alpha) }
        guard samplesPerDegreeOfFreedom >= 1, samplesPerDegreeOfFreedom.isFinite else {
            throw DiscoveryError.testSetting(
                "\(samplesPerDegreeOfFreedom) samples for a degree of freedom are too few; give 1 or more")
        }
        self.table = table
        self.statistic = statistic
        self.alpha = alpha
        self.samplesPerDegreeOfFreedom = samplesPerDegreeOfFreedom
        let degrees = Double(table.sampleCount) / samplesPerDegreeOfFreedom
        maximumConditioningSize = Self.largestSet(table.categoryCounts, degrees: degrees)
    }

    /// Number of variables.
    public var nodeCount: Int { table.variableCount }

    /// No larger conditioning set has enough samples for a test.
    public let maximumConditioningSize: Int?

    /// Tests `i` and `j` given `set`.
    ///
    /// - Precondition: different variables of the table, `set` without them.
    /// - Complexity: O(samples · |set|).
    public func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        ContingencyEvaluator(self).outcome(i, j, given: set)
    }

    /// Degrees of freedom of full tables; `nil` when there are too few samples for them.
    func degreesOfFreedom(_ i: Int, _ j: Int, given set: [Int]) -> Int? {
        let counts = table.categoryCounts
        let most = Double(table.sampleCount) / samplesPerDegreeOfFreedom
        var degrees = Double(counts[i] - 1) * Double(counts[j] - 1)
        for member in set { degrees *= Double(counts[member]) }
        return degrees <= most ? Int(degrees) : nil
    }

    /// No larger set has full tables of so few degrees of freedom: the variables with the fewest categories need
    /// the fewest.
    private static func largestSet(_ counts: [Int], degrees: Double) -> Int {
        let sorted = counts.sorted()
        guard let least = sorted.first else { return 0 }
        var needed = Double(least - 1) * Double(least - 1)
        var size = 0
        while size + 2 < sorted.count {
            needed *= Double(sorted[size])
            guard needed <= degrees else { break }
            size += 1
        }
        return size
    }
}

extension ContingencyTest: EvaluableTest {
    func makeEvaluator() -> any IndependenceEvaluator {
        let evaluator = ContingencyEvaluator(self)
        return DirectEvaluator { evaluator.outcome($0, $1, given: $2) }
    }
}

extension ContingencyTest: SignificanceTest {
    /// The same test at another level; the samples are shared, not copied.
    public func atLevel(_ alpha: Double) throws -> ContingencyTest {
        try ContingencyTest(
            table, statistic: statistic, alpha: alpha, samplesPerDegreeOfFreedom: samplesPerDegreeOfFreedom)
    }
}
