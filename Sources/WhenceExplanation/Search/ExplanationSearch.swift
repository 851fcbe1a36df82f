internal import WhenceDiscovery

/// The search for the smallest sets of nodes whose replacement changes the prediction (CLEANN).
///
/// Candidates are the *legal* subsets of the possible-d-sep tree of the target: every member is reached from
/// the target through tree nodes inside the subset. They are tried by size, then by the sum of their
/// distances from the target, then by node indices; sets that several heads propose are tried once. All sets
/// of the first size that holds an explanation are returned, so that what is returned is minimal on the graphs.
///
/// The search runs no model: it hands out sets to verify and takes in the outcomes, so that those of several inputs can
/// be verified together.
///
/// Source: Rohekar, Gurwicz, Nisimov 2023, §4 and algorithm 1 (*CLEANN*).
struct ExplanationSearch<Outcome: Sendable>: Sendable {
    /// A set that changes the prediction, and what it becomes.
    struct Found: Sendable {
        var candidate: CandidateSet
        var outcome: Outcome
    }

    /// Everything the search can say when it ends.
    struct Report: Sendable {
        var found: [Found] = []
        var testedSizes = 0
        var certifiedSizes = 0
        var verifications = 0
        /// Which budget ended the search.
        var budget: String?
    }

    /// The tree of one head's graph.
    struct Root: Sendable {
        var head: HeadLabel
        var tree: PossibleDSepTree
    }

    /// One tree a head.
    private let roots: [Root]
    /// Nodes that may be replaced, ascending: all but the target.
    private let replaceable: [Int]
    private let maximumSetSize: Int
    private let exhaustiveSetSize: Int
    private let allSizes: Bool
    /// Most verifications.
    private let maximumVerifications: Int
    /// Forward passes that were spent on the original input.
    private let passesBefore: Int

    /// What was found so far.
    private(set) var report = Report()
    private var size = 0
    /// The sets of that size that were not handed out yet.
    private var waiting: ArraySlice<CandidateSet> = []
    /// Whether that size has more sets than there is budget for, and whether every subset is among its sets.
    private var (isCut, isExhaustive) = (false, false)

    init(
        roots: [Root], replaceable: [Int], maximumSetSize: Int, exhaustiveSetSize: Int, allSizes: Bool,
        maximumVerifications: Int, passesBefore: Int = 1
    ) {
        self.roots = roots
        self.replaceable = replaceable
        self.maximumSetSize = maximumSetSize
        self.exhaustiveSetSize = exhaustiveSetSize
        self.allSizes = allSizes
        self.maximumVerifications = maximumVerifications
        self.passesBefore = passesBefore
    }

    /// The sets to verify next, all of one size; none when the search is over.
    ///
    /// What was handed out before has to be taken in first. However many sets are asked for at once, the report is the
    /// same.
    ///
    /// - Parameters:
    ///   - limit: most sets, at least 1.
    ///   - isOutOfTime: ends the search if there is anything left to do.
    /// - Complexity: candidates of a size are enumerated when the first of them is asked for, and no more than there
    ///   is budget for.
    mutating func next(atMost limit: Int, isOutOfTime: Bool = false) -> ArraySlice<CandidateSet> {
        while waiting.isEmpty {
            guard finishSize(), size < min(maximumSetSize, replaceable.count) else { return [] }
            size += 1
            let candidates = candidates(
                ofSize: size, atMost: maximumVerifications - report.verifications)
            waiting = candidates.sets[...]
            (isCut, isExhaustive) = (candidates.isCut, candidates.isExhaustive)
        }
        guard !isOutOfTime else {
            report.budget = "the time limit"
            waiting = []
            return []
        }
        let batch = waiting.prefix(max(1, limit))
        waiting.removeFirst(batch.count)
        return batch
    }

    /// Takes in what verification says of the sets handed out last.
    ///
    /// - Parameter outcomes: for each set the outcome where it differs from the original one, and `nil` where not.
    mutating func take(_ outcomes: [Outcome?], of sets: some Collection<CandidateSet>) {
        for (candidate, outcome) in zip(sets, outcomes) {
            if let outcome { report.found.append(Found(candidate: candidate, outcome: outcome)) }
        }
        report.verifications += sets.count
    }

    /// Draws the conclusions of a size of which every set was verified; whether the search goes on to the next.
    private mutating func finishSize() -> Bool {
        guard report.budget == nil else { return false }
        if isCut { report.budget = forwardBudget }
        guard report.budget == nil else { return false }
        report.testedSizes = size
        if isExhaustive, report.certifiedSizes == size - 1 { report.certifiedSizes = size }
        return report.found.isEmpty || allSizes
    }

    /// The passes of the original input count as well.
    private var forwardBudget: String {
        let passes = maximumVerifications + passesBefore
        return "the budget of \(passes) forward \(passes == 1 ? "pass" : "passes")"
    }

    /// The sets of one size in the order of verification.
    ///
    /// - Returns: at most `limit` sets; `isCut` tells that there are more; `isExhaustive` that every subset of
    ///   this size is among them.
    private func candidates(
        ofSize size: Int, atMost limit: Int
    ) -> (sets: [CandidateSet], isCut: Bool, isExhaustive: Bool) {
        // Each head's first `limit` sets suffice: a set that comes later in every head comes later in the union.
        var merged: [[Int]: CandidateSet] = [:]
        var isCut = false
        for root in roots {
            let legal = root.tree.legalSets(ofSize: size, maximumCount: limit)
            isCut = isCut || !legal.isComplete
            for set in legal.sets {
                var candidate =
                    merged[set.nodes] ?? CandidateSet(nodes: set.nodes, distance: set.distance, heads: [])
                candidate.distance = min(candidate.distance ?? set.distance, set.distance)
                candidate.heads.append(root.head)
                merged[set.nodes] = candidate
            }
        }
        var sets = merged.values.sorted()
        if size <= exhaustiveSetSize, !isCut {
            for subset in Combinations(of: replaceable, size: size) where merged[subset] == nil {
                guard sets.count <= limit else { break }
                sets.append(CandidateSet(nodes: subset, distance: nil, heads: []))
            }
        }
        if sets.count > limit {
            sets.removeSubrange(limit...)
            isCut = true
        }
        return (sets, isCut, size <= exhaustiveSetSize && !isCut)
    }
}
