/// A bound that ended a search; thrown inside a run only, never out of it.
struct BoundReached: Error {
    var bound: DiscoveryBound
}

/// One run's way to its test: counts, stops at the limits, and tells how far the run is.
///
/// The searches never ask a question twice (each says why), so that no cache is needed: what is counted is
/// the number of distinct tests.
final class TestSession {
    private let evaluator: any IndependenceEvaluator
    private let clock: SessionClock
    private let maximumTests: Int
    private let nodeCount: Int
    private var total = 0
    /// Questions looked at, tested or passed over, and the count at which clock and cancellation are looked at next.
    private var work = 0
    private var nextCheck = 0
    /// Starts small, because a test may take seconds.
    private var checkInterval = 1

    /// Tests by size of the conditioning set.
    private(set) var counts: [Int] = []
    /// Tests decided by a singular covariance.
    private(set) var degenerateCount = 0
    /// Largest conditioning set allowed, and what sets that bound.
    let maximumConditioningSize: Int?
    let sizeBound: DiscoveryBound
    /// Where the run stands.
    private(set) var stage = DiscoveryStage.adjacencies
    private var conditioningSize = 0
    /// Edges not found separable so far.
    var edgeCount = 0
    /// The answers so far, by pair and set, where a later stage may ask for them again.
    private var answers: [TestQuestion: IndependenceJudgement]?

    /// Tests between two looks at the clock: a few microseconds at full speed; fewer with a slow test.
    private static let largestCheckInterval = 64

    init(
        _ test: any IndependenceTest, limits: DiscoveryLimits, progress: DiscoveryProgressHandler? = nil
    ) throws {
        try limits.validate()
        evaluator = (test as? any EvaluableTest)?.makeEvaluator() ?? DirectEvaluator(test)
        clock = SessionClock(limit: limits.time, progress: progress)
        maximumTests = limits.tests ?? .max
        nodeCount = test.nodeCount
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

    /// Says where the run stands.
    func enter(_ stage: DiscoveryStage, conditioningSize: Int, edgeCount: Int) {
        (self.stage, self.conditioningSize, self.edgeCount) = (stage, conditioningSize, edgeCount)
    }

    /// Asks the test.
    @inline(__always)
    func judge(_ i: Int, _ j: Int, given set: [Int]) throws(BoundReached) -> IndependenceJudgement {
        if total >= maximumTests { throw BoundReached(bound: .tests) }
        try passOver()
        total += 1
        while counts.count <= set.count { counts.append(0) }
        counts[set.count] += 1
        let judgement = evaluator.judge(i, j, given: set)
        if judgement.isDegenerate { degenerateCount += 1 }
        if answers != nil { remember(judgement, i, j, given: set) }
        return judgement
    }

    /// Remembers answers from now on, for `judgeAgain`.
    func rememberAnswers() { answers = answers ?? [:] }

    private func remember(_ judgement: IndependenceJudgement, _ i: Int, _ j: Int, given set: [Int]) {
        answers?[TestQuestion(i, j, set, nodeCount: nodeCount)] = judgement
    }

    /// Asks the test, unless it has answered: for stages whose questions may have been asked before.
    func judgeAgain(_ i: Int, _ j: Int, given set: [Int]) throws(BoundReached) -> IndependenceJudgement {
        guard let known = answers?[TestQuestion(i, j, set, nodeCount: nodeCount)] else {
            return try judge(i, j, given: set)
        }
        try passOver()
        return known
    }

    /// Counts a step of the search that asks nothing; for loops that may run long without a test.
    @inline(__always)
    func passOver() throws(BoundReached) {
        if work >= nextCheck {
            let lasted = try look()
            // A slow test leaves less to do between two looks, a fast one more.
            if lasted > .milliseconds(2), checkInterval > 1 { checkInterval /= 2 }
            if lasted < .milliseconds(1), checkInterval < Self.largestCheckInterval { checkInterval *= 2 }
            nextCheck = work + checkInterval
        }
        work += 1
    }

    /// The p-value of a judgement.
    func pValue(strength: Double, conditioningSize: Int) -> Double {
        evaluator.pValue(strength: strength, conditioningSize: conditioningSize)
    }

    /// Looks at the clock and at cancellation; for work between tests.
    func checkInterruption() throws(BoundReached) { _ = try look() }

    /// Looks at the clock and at cancellation; returns the time since the last look.
    private func look() throws(BoundReached) -> Duration {
        if Task.isCancelled { throw BoundReached(bound: .cancellation) }
        let lasted = clock.tick { elapsed in
            DiscoveryProgress(
                stage: stage, conditioningSize: conditioningSize, edgeCount: edgeCount, testCount: total,
                elapsed: elapsed)
        }
        if clock.isSearchOver { throw BoundReached(bound: .time) }
        return lasted
    }

    /// Ends work between tests as `checkInterruption` does.
    func searchInterruption() -> Interruption {
        Interruption { [unowned self] in
            do throws(BoundReached) {
                try checkInterruption()
                return nil
            } catch {
                return error.bound
            }
        }
    }

    /// Ends the orientation that follows a search, for which some time is kept; a cancelled run gets some too.
    func orientationInterruption() -> Interruption {
        Interruption { [unowned self] in
            _ = clock.tick { elapsed in
                DiscoveryProgress(
                    stage: .orientation, conditioningSize: conditioningSize, edgeCount: edgeCount,
                    testCount: total, elapsed: elapsed)
            }
            return clock.endOfOrientation(isCancelled: Task.isCancelled)
        }
    }
}
