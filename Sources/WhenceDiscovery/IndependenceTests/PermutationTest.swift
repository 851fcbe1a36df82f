/// What the permutation tests of conditional mutual information share: how many permutations, and their p-value.
///
/// The p-value is `(1 + k) / (1 + m)`, where k of m permutations gave at least the observed value, and so is never 0.
/// All `permutations` are drawn only while the outcome is open: sampling ends as soon as the two are certain to be
/// independent at `alpha` and `exceedancesForPrecision` permutations have reached the observed value, which leaves a
/// p-value with a relative error of about a quarter. A dependent pair costs every permutation.
/// - Note: Phipson and Smyth 2010, *Permutation p-values should never be zero*, Statistical Applications in Genetics
///   and Molecular Biology 9; Besag and Clifford 1991, *Sequential Monte Carlo p-values*, Biometrika 78.
public struct PermutationTest: Sendable, Hashable {
    /// Most permutations of a question.
    public var permutations: Int
    /// The seed of all that chance decides; each question's randomness follows from it and from the content of the
    /// columns in question, whatever their order and whatever was asked before.
    public var seed: UInt64

    private static let exceedancesForPrecision = 16

    /// Makes the choices.
    public init(permutations: Int = 499, seed: UInt64 = 0) {
        self.permutations = permutations
        self.seed = seed
    }

    /// - Throws: `DiscoveryError.testSetting` when so few permutations can never tell dependence at `alpha`.
    func validate(alpha: Double) throws {
        guard alpha > 0, alpha < 1 else { throw DiscoveryError.alpha(alpha) }
        guard permutations >= 1, permutations <= 100_000_000 else {
            throw DiscoveryError.testSetting(
                "\(permutations) permutations are out of range; give 1 to 100,000,000")
        }
        guard 1 / Double(permutations + 1) <= alpha else {
            throw DiscoveryError.testSetting(
                "\(permutations) permutations cannot give a p-value of \(alpha) or less; give "
                    + "\(Int((1 / alpha).rounded(.up))) or more")
        }
    }

    /// The outcome of a question.
    ///
    /// - Parameters:
    ///   - alpha: Significance level.
    ///   - isAsLarge: Draws a permutation, and says whether its value reaches the observed one.
    func outcome(alpha: Double, _ isAsLarge: () -> Bool) -> IndependenceOutcome {
        var (drawn, reached) = (0, 0)
        while drawn < permutations {
            drawn += 1
            if isAsLarge() { reached += 1 }
            let isSettled = Double(reached + 1) > alpha * Double(permutations + 1)
            if isSettled, reached >= Self.exceedancesForPrecision { break }
        }
        let pValue = Double(reached + 1) / Double(drawn + 1)
        return IndependenceOutcome(pValue: pValue, isIndependent: pValue > alpha)
    }
}
