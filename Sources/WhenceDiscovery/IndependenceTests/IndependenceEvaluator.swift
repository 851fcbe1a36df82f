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

/// Passes on whole outcomes, each with its p-value.
final class DirectEvaluator: IndependenceEvaluator {
    private let evaluate: (Int, Int, [Int]) -> IndependenceOutcome

    /// - Parameter evaluate: Answers for two nodes and a conditioning set.
    init(_ evaluate: @escaping (Int, Int, [Int]) -> IndependenceOutcome) { self.evaluate = evaluate }

    /// Asks a test afresh each time.
    convenience init(_ test: any IndependenceTest) {
        self.init { test.evaluate($0, $1, given: $2) }
    }

    func judge(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceJudgement {
        let outcome = evaluate(i, j, set)
        return IndependenceJudgement(
            isIndependent: outcome.isIndependent, isDegenerate: outcome.isDegenerate,
            strength: -outcome.pValue)
    }

    func pValue(strength: Double, conditioningSize: Int) -> Double { -strength }
}
