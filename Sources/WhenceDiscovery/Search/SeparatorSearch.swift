/// The search for a set of one size that separates one pair.
struct SeparatorSearch {
    let a: Int
    let b: Int
    private let rule: SeparatingSetRule
    private var found: (set: [Int], strength: Double)?
    /// Strength of the weakest dependence met, and whether any was.
    private var weakest = Double.infinity
    private var size: Int?

    init(_ a: Int, _ b: Int, rule: SeparatingSetRule) {
        self.a = a
        self.b = b
        self.rule = rule
    }

    /// Whether a set was found.
    var hasFound: Bool { found != nil }

    /// Whether no further set is wanted.
    var isOver: Bool { found != nil && rule == .firstFound }

    /// Tests a set.
    @inline(__always)
    mutating func offer(_ set: [Int], _ session: TestSession) throws(BoundReached) {
        let judgement = try session.judge(a, b, given: set)
        size = set.count
        if judgement.isIndependent {
            // Of equally strong ones the earlier set stays.
            if found.map({ judgement.strength < $0.strength }) ?? true { found = (set, judgement.strength) }
        } else if judgement.strength < weakest {
            weakest = judgement.strength
        }
    }

    /// Tests the subsets of a pool, in lexicographic order, except those that `isKnown` says were tested before.
    mutating func offerSubsets(
        of pool: NodeSet, size: Int, _ session: TestSession, unless isKnown: ([Int]) -> Bool = { _ in false }
    ) throws(BoundReached) {
        guard !isOver, size <= pool.count, var walk = SubsetWalk(of: Array(pool), size: size) else { return }
        repeat {
            if isKnown(walk.current) {
                try session.passOver()
                continue
            }
            try offer(walk.current, session)
        } while !isOver && walk.advance()
    }

    /// The set found, with its p-value.
    func separator(_ session: TestSession) -> SeparatingSet? {
        found.map {
            SeparatingSet(
                a: a, b: b, set: $0.set,
                pValue: session.pValue(strength: $0.strength, conditioningSize: $0.set.count))
        }
    }

    /// Largest p-value among the dependences met; `nil` when none was.
    func largestPValue(_ session: TestSession) -> Double? {
        guard let size, weakest < .infinity else { return nil }
        return session.pValue(strength: weakest, conditioningSize: size)
    }
}
