internal import WhenceDiscovery

/// The search for the smallest sets of nodes whose replacement changes the prediction (CLEANN).
///
/// Candidates are the *legal* subsets of the possible-d-sep tree of the target: every member is reached from
/// the target through tree nodes inside the subset. They are tried by size, then by the sum of their
/// distances from the target, then by node indices; sets that several heads propose are tried once. All sets
/// of the first size that holds an explanation are returned, so that what is returned is minimal on the graphs.
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
    var roots: [Root]
    /// Nodes that may be replaced, ascending: all but the target.
    var replaceable: [Int]
    var maximumSetSize: Int
    var exhaustiveSetSize: Int
    var allSizes: Bool
    /// Most verifications.
    var maximumVerifications: Int
    /// Forward passes that were spent on the original input.
    var passesBefore = 1
    /// Most sets verified in one call.
    var batchSize: Int
    /// Whether the time is up; asked between batches.
    var isOutOfTime: @Sendable () -> Bool

    /// Runs the search.
    ///
    /// - Parameter verify: replaces each set's nodes and predicts again; gives the new outcome where it differs
    ///   from the original one, and `nil` where it does not, in the order of the sets.
    /// - Complexity: at most `maximumVerifications` sets are verified; candidates are enumerated lazily.
    func run(verify: ([CandidateSet]) throws -> [Outcome?]) throws -> Report {
        var report = Report()
        for size in stride(from: 1, through: min(maximumSetSize, replaceable.count), by: 1) {
            let room = maximumVerifications - report.verifications
            let candidates = candidates(ofSize: size, atMost: room)
            try verifyAll(candidates.sets, into: &report, verify: verify)
            if candidates.isCut, report.budget == nil { report.budget = forwardBudget }
            guard report.budget == nil else { break }
            report.testedSizes = size
            if candidates.isExhaustive, report.certifiedSizes == size - 1 { report.certifiedSizes = size }
            if !report.found.isEmpty, !allSizes { break }
        }
        return report
    }

    /// The passes of the original input count as well.
    private var forwardBudget: String {
        let passes = maximumVerifications + passesBefore
        return "the budget of \(passes) forward \(passes == 1 ? "pass" : "passes")"
    }

    private func verifyAll(
        _ sets: [CandidateSet], into report: inout Report, verify: ([CandidateSet]) throws -> [Outcome?]
    ) throws {
        var start = 0
        while start < sets.count {
            try Task.checkCancellation()
            if isOutOfTime() {
                report.budget = "the time limit"
                return
            }
            let batch = Array(sets[start..<min(start + batchSize, sets.count)])
            for (candidate, outcome) in zip(batch, try verify(batch)) {
                if let outcome { report.found.append(Found(candidate: candidate, outcome: outcome)) }
            }
            report.verifications += batch.count
            start += batch.count
        }
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
