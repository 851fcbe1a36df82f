/// Tests that RFCI makes of edges given sets that separate other pairs; each question is asked once in a run.
///
/// Of several sets that separate a pair, the smallest is kept, and of those the most probable, so that the order of
/// the questions changes nothing.
final class EdgeExamination {
    private struct Question: Hashable {
        var a: Int
        var b: Int
        var set: [Int]
    }

    private let earlier: AdjacencySearch
    private var asked: Set<Question> = []

    /// - Parameter earlier: The search that has asked its own questions already.
    init(after earlier: AdjacencySearch) { self.earlier = earlier }

    /// Whether a question about an edge that stands was asked before; from now on it was.
    private func hasAsked(_ a: Int, _ b: Int, given set: [Int]) -> Bool {
        earlier.hasTested(a, b, given: set)
            || !asked.insert(Question(a: min(a, b), b: max(a, b), set: set)).inserted
    }

    /// Tests an edge given a set; when that separates it, looks for the smallest subset that does.
    func examine(
        _ x: Int, _ y: Int, given set: NodeSet, _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) {
        let isSeparable = try isSeparable(x, y, within: set, size: set.count, &state, session)
        if isSeparable { try findSeparator(x, y, within: set, sizes: 0..<set.count, &state, session) }
    }

    /// Tests an edge given every subset of a set, by size, until one separates it.
    func examine(
        _ x: Int, _ y: Int, givenSubsetsOf set: NodeSet, _ state: inout SkeletonState,
        _ session: TestSession
    ) throws(BoundReached) {
        try findSeparator(x, y, within: set, sizes: 0..<set.count + 1, &state, session)
    }

    private func findSeparator(
        _ x: Int, _ y: Int, within set: NodeSet, sizes: Range<Int>, _ state: inout SkeletonState,
        _ session: TestSession
    ) throws(BoundReached) {
        for size in sizes where try isSeparable(x, y, within: set, size: size, &state, session) { return }
    }

    /// Tests an edge given the subsets of one size; true when one separates it.
    private func isSeparable(
        _ x: Int, _ y: Int, within set: NodeSet, size: Int, _ state: inout SkeletonState,
        _ session: TestSession
    ) throws(BoundReached) -> Bool {
        var isSeparable = false
        try state.search(min(x, y), max(x, y), rule: .maximumPValue, session) {
            (search) throws(BoundReached) in
            try search.offerSubsets(of: set, size: size, session) { hasAsked(x, y, given: $0) }
            isSeparable = search.hasFound
        }
        return isSeparable
    }
}
