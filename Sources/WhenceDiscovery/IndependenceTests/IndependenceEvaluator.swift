/// The working side of a test: one run's own, with memory of the last question, so that consecutive questions
/// with a common prefix share their work. Never crosses tasks.
protocol IndependenceEvaluator: AnyObject {
    /// Decides a question; the p-value is left to `pValue`, because most are never asked for.
    func judge(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceJudgement

    /// The p-value of a judgement made with a conditioning set of the given size.
    func pValue(strength: Double, conditioningSize: Int) -> Double
}

/// A decision without its p-value.
struct IndependenceJudgement {
    var isIndependent: Bool
    var isDegenerate: Bool
    /// Strength of the dependence. Of two tests with equally large conditioning sets, the stronger one has the
    /// smaller p-value.
    var strength: Double
}

/// A test that has a faster way than asking it afresh each time.
protocol EvaluableTest: IndependenceTest {
    func makeEvaluator() -> any IndependenceEvaluator
}

/// Asks a test afresh each time.
final class DirectEvaluator: IndependenceEvaluator {
    private let test: any IndependenceTest

    init(_ test: any IndependenceTest) { self.test = test }

    func judge(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceJudgement {
        let outcome = test.evaluate(i, j, given: set)
        return IndependenceJudgement(
            isIndependent: outcome.isIndependent, isDegenerate: outcome.isDegenerate,
            strength: -outcome.pValue)
    }

    func pValue(strength: Double, conditioningSize: Int) -> Double { -strength }
}
