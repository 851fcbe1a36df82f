import Synchronization

/// A test that remembers its p-values, so that runs at other levels, or by other algorithms, ask only what is new.
///
/// Copies at other levels share one memory, and so may be used by many tasks at once.
public struct CachedTest: SignificanceTest {
    /// Significance level.
    public let alpha: Double
    private let base: any SignificanceTest
    private let memory: TestMemory

    /// Wraps a test.
    public init(_ base: some SignificanceTest) {
        alpha = base.alpha
        self.base = base
        memory = TestMemory()
    }

    private init(_ base: any SignificanceTest, _ memory: TestMemory) {
        alpha = base.alpha
        self.base = base
        self.memory = memory
    }

    /// Number of variables.
    public var nodeCount: Int { base.nodeCount }

    /// As the test that is wrapped.
    public var maximumConditioningSize: Int? { base.maximumConditioningSize }

    /// Number of different tests made so far, at all levels together.
    public var testCount: Int { memory.count }

    /// The same test and memory at another level.
    public func atLevel(_ alpha: Double) throws -> CachedTest {
        CachedTest(try base.atLevel(alpha), memory)
    }

    /// Tests `i` and `j` given a set, or remembers the answer.
    public func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        let question = TestQuestion(i, j, set, nodeCount: nodeCount)
        let answer =
            memory[question]
            ?? {
                let outcome = base.evaluate(i, j, given: set)
                let answer = TestAnswer(pValue: outcome.pValue, isDegenerate: outcome.isDegenerate)
                memory[question] = answer
                return answer
            }()
        return IndependenceOutcome(
            pValue: answer.pValue, isIndependent: answer.isIndependent(at: alpha),
            isDegenerate: answer.isDegenerate)
    }
}

extension CachedTest: EvaluableTest {
    func makeEvaluator() -> any IndependenceEvaluator {
        let evaluator = (base as? any EvaluableTest)?.makeEvaluator() ?? DirectEvaluator(base)
        return CachedEvaluator(evaluator, memory, alpha: alpha, nodeCount: nodeCount)
    }
}

/// What a test was asked: a pair and a set, in whatever order.
struct TestQuestion: Hashable {
    private let smaller: Int
    private let larger: Int
    private let set: NodeSet

    init(_ i: Int, _ j: Int, _ set: [Int], nodeCount: Int) {
        (smaller, larger) = i < j ? (i, j) : (j, i)
        self.set = NodeSet(capacity: nodeCount, members: set)
    }
}

/// What it answered, at any level.
struct TestAnswer {
    var pValue: Double
    var isDegenerate: Bool

    func isIndependent(at alpha: Double) -> Bool { !isDegenerate && pValue > alpha }
}

/// The answers of one test.
final class TestMemory: Sendable {
    private let answers = Mutex<[TestQuestion: TestAnswer]>([:])

    var count: Int { answers.withLock { $0.count } }

    subscript(question: TestQuestion) -> TestAnswer? {
        get { answers.withLock { $0[question] } }
        set { answers.withLock { $0[question] = newValue } }
    }
}
