/// The working side of a cached test: asks the working side of the test that it wraps what it does not remember.
///
/// What is new is asked in the searches' own order, so that the other side's sharing of work between consecutive
/// questions goes on.
final class CachedEvaluator: IndependenceEvaluator {
    private let base: any IndependenceEvaluator
    private let memory: TestMemory
    private let alpha: Double
    private let nodeCount: Int

    init(_ base: any IndependenceEvaluator, _ memory: TestMemory, alpha: Double, nodeCount: Int) {
        self.base = base
        self.memory = memory
        self.alpha = alpha
        self.nodeCount = nodeCount
    }

    func judge(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceJudgement {
        let question = TestQuestion(i, j, set, nodeCount: nodeCount)
        let answer = memory[question] ?? ask(i, j, set, question)
        return IndependenceJudgement(
            isIndependent: answer.isIndependent(at: alpha), isDegenerate: answer.isDegenerate,
            strength: answer.isDegenerate ? .infinity : -answer.pValue)
    }

    func pValue(strength: Double, conditioningSize: Int) -> Double { strength.isInfinite ? 0 : -strength }

    private func ask(_ i: Int, _ j: Int, _ set: [Int], _ question: TestQuestion) -> TestAnswer {
        let judgement = base.judge(i, j, given: set)
        let answer = TestAnswer(
            pValue: base.pValue(strength: judgement.strength, conditioningSize: set.count),
            isDegenerate: judgement.isDegenerate)
        memory[question] = answer
        return answer
    }
}
