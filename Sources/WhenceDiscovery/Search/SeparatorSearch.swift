/// The search for a set of one size that separates one pair.
struct SeparatorSearch {
    let a: Int
    let b: Int
    private let rule: SeparatingSetRule
    private var found: (set: [Int], strength: Double)?
    /// The nodes that all of the equally strong sets found hold, and those that some hold.
    private var (always, ever): ([Int], [Int]) = ([], [])
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
            keep(set, judgement.strength)
        } else if judgement.strength < weakest {
            weakest = judgement.strength
        }
    }

    /// Keeps the weakest dependence. Of equally weak ones the earlier set stays, and what they disagree about is noted.
    private mutating func keep(_ set: [Int], _ strength: Double) {
        if let found, Self.isTied(found.strength, strength) {
            always.removeAll { !set.contains($0) }
            ever += set.filter { !ever.contains($0) }
        } else if found.map({ strength < $0.strength }) ?? true {
            found = (set, strength)
            (always, ever) = (set, set)
        }
    }

    /// Whether two strengths differ by no more than the order of a matrix's columns makes of rounding.
    private static func isTied(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-9 * max(abs(left), abs(right)) + 1e-12
    }

    /// The nodes that some of the equally strong sets hold and others lack, ascending.
    var disputed: [Int] { ever.filter { !always.contains($0) }.sorted() }

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

    /// Tests the nodes of a pool but one, each alone, in ascending order; false when there are none.
    mutating func offerNodes(
        of pool: NodeSet, besides other: Int, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        var set: [Int] = []
        for node in pool where node != other {
            if set.isEmpty { set.append(node) } else { set[0] = node }
            try offer(set, session)
            if isOver { return true }
        }
        return !set.isEmpty
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
