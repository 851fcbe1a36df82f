/// Permutation test of conditional mutual information, for categorical variables.
///
/// The plug-in estimate `I(X; Y | Z) = Σ n_xyz/n · ln(n_xyz n_z / (n_xz n_yz))`, in nats, is compared with its values
/// after permuting X among the samples that agree in Z, which leaves the laws of (X, Z) and (Y, Z) as they are. Unlike
/// the tests on contingency tables it relies on no approximation, however few samples a table has. Independent means:
/// the p-value is above `alpha`.
///
/// When no two samples of a combination of Z differ in both X and Y, no permutation changes anything: the test is not
/// possible, and counts as dependent and degenerate with p = 0. So does a pair with more than 2²² cells in its table.
public struct CategoricalInformationTest: IndependenceTest {
    /// The samples.
    public let table: CategoryTable
    /// Significance level.
    public let alpha: Double
    /// Permutations and their seed.
    public let permutation: PermutationTest

    /// Makes a test.
    ///
    /// - Throws: `DiscoveryError.alpha`, `.testSetting` for permutations too few to find dependence at `alpha`.
    public init(
        _ table: CategoryTable, alpha: Double = 0.01, permutation: PermutationTest = PermutationTest()
    )
        throws
    {
        try permutation.validate(alpha: alpha)
        self.table = table
        self.alpha = alpha
        self.permutation = permutation
    }

    /// Number of variables.
    public var nodeCount: Int { table.variableCount }

    /// Nothing bounds the conditioning set.
    public var maximumConditioningSize: Int? { nil }

    /// Tests `i` and `j` given `set`.
    ///
    /// - Precondition: different variables of the table, `set` without them.
    /// - Complexity: O(samples · permutations), fewer permutations for independent pairs.
    public func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        guard var strata = StratifiedSamples(table, i, j, given: set) else {
            return IndependenceOutcome(pValue: 0, isIndependent: false, isDegenerate: true)
        }
        var randomness = QuestionRandomness(
            seed: permutation.seed, pair: (table.keys[i], table.keys[j]), set: set.map { table.keys[$0] })
        let observed = strata.jointTerm()
        // Equal tables whose terms were added in another order differ by rounding, and are equal all the same.
        let threshold = observed - 1e-11 * max(1, abs(observed))
        return permutation.outcome(alpha: alpha) {
            strata.shuffle(&randomness)
            return strata.jointTerm() >= threshold
        }
    }

    /// The plug-in estimate of `I(i; j | set)` in nats; 0 or more.
    ///
    /// - Precondition: different variables of the table, `set` without them.
    public func information(_ i: Int, _ j: Int, given set: [Int]) -> Double {
        StratifiedSamples.information(table, i, j, given: set)
    }
}
