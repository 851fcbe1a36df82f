/// A bound that ended a search; thrown inside a run only, never out of it.
struct BoundReached: Error {
    var bound: DiscoveryBound
}

/// One run's way to its test: counts, and stops at the limits.
///
/// The searches never ask a question twice (each says why), so that no cache is needed: what is counted is
/// the number of distinct tests.
final class TestSession {
    private let evaluator: any IndependenceEvaluator
    private let deadline: ContinuousClock.Instant?
    private let maximumTests: Int
    private var total = 0
    /// The count at which the clock, the limits and cancellation are looked at next.
    private var nextCheck = 0

    /// Tests by size of the conditioning set.
    private(set) var counts: [Int] = []
    /// Tests decided by a singular covariance.
    private(set) var degenerateCount = 0
    /// Largest conditioning set allowed, and what sets that bound.
    let maximumConditioningSize: Int?
    let sizeBound: DiscoveryBound

    /// Tests between two looks at the clock: a few microseconds apart at full speed, about a millisecond with a
    /// slow test.
    private static let checkInterval = 64

    init(_ test: any IndependenceTest, limits: DiscoveryLimits) throws {
        try limits.validate()
        evaluator = (test as? any EvaluableTest)?.makeEvaluator() ?? DirectEvaluator(test)
        deadline = limits.time.map { ContinuousClock.now.advanced(by: $0) }
        maximumTests = limits.tests ?? .max
        switch (limits.conditioningSize, test.maximumConditioningSize) {
        case (let option?, let samples?) where option <= samples:
            (maximumConditioningSize, sizeBound) = (option, .conditioningSize)
        case (_, let samples?): (maximumConditioningSize, sizeBound) = (samples, .samples)
        case (let option, nil): (maximumConditioningSize, sizeBound) = (option, .conditioningSize)
        }
    }

    /// Whether conditioning sets of this size may be tested.
    func allows(conditioningSize: Int) -> Bool {
        maximumConditioningSize.map { conditioningSize <= $0 } ?? true
    }

    /// Asks the test.
    @inline(__always)
    func judge(_ i: Int, _ j: Int, given set: [Int]) throws(BoundReached) -> IndependenceJudgement {
        if total >= nextCheck { try checkLimits() }
        total += 1
        while counts.count <= set.count { counts.append(0) }
        counts[set.count] += 1
        let judgement = evaluator.judge(i, j, given: set)
        if judgement.isDegenerate { degenerateCount += 1 }
        return judgement
    }

    /// The p-value of a judgement.
    func pValue(strength: Double, conditioningSize: Int) -> Double {
        evaluator.pValue(strength: strength, conditioningSize: conditioningSize)
    }

    private func checkLimits() throws(BoundReached) {
        if total >= maximumTests { throw BoundReached(bound: .tests) }
        try checkInterruption()
        nextCheck = min(total + Self.checkInterval, maximumTests)
    }

    /// Looks at the clock and at cancellation; for work between tests.
    func checkInterruption() throws(BoundReached) {
        if let deadline, ContinuousClock.now >= deadline { throw BoundReached(bound: .time) }
        if Task.isCancelled { throw BoundReached(bound: .cancellation) }
    }
}
