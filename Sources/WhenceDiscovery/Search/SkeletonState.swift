/// What a search has found so far: the graph, the separating sets, and how nearly each edge was removed.
///
/// Edges found separable are removed together, at the end of a round, so that no round depends on the order of
/// its pairs (Colombo and Maathuis 2014, §3).
struct SkeletonState {
    var graph: MixedGraph
    private(set) var separators: SeparatorTable
    /// Largest p-value of the tests that kept an edge, at `a · nodeCount + b`, `a < b`.
    private var largestPValues: [Double]
    private var removals: [SeparatingSet] = []

    init(nodeCount: Int) {
        graph = MixedGraph(completeOver: nodeCount)
        separators = SeparatorTable(nodeCount: nodeCount)
        largestPValues = [Double](repeating: 0, count: nodeCount * nodeCount)
    }

    /// Runs one pair's search and keeps what it found, also when a bound ends it.
    mutating func search(
        _ a: Int, _ b: Int, rule: SeparatingSetRule, _ session: TestSession,
        _ offers: (inout SeparatorSearch) throws(BoundReached) -> Void
    ) throws(BoundReached) {
        var search = SeparatorSearch(a, b, rule: rule)
        defer {
            if let separator = search.separator(session) {
                removals.append(separator)
                session.edgeCount -= 1
            }
            if let pValue = search.largestPValue(session) {
                let place = a * graph.nodeCount + b
                largestPValues[place] = max(largestPValues[place], pValue)
            }
        }
        try offers(&search)
    }

    /// Removes the edges found separable since the last call; false when there are none.
    mutating func removeSeparated() -> Bool {
        for separator in removals {
            graph.disconnect(separator.a, separator.b)
            separators.record(separator)
        }
        defer { removals = [] }
        return !removals.isEmpty
    }

    /// For every edge, in order, the largest p-value of the tests that kept it.
    var edgePValues: [Double] { graph.edges.map { largestPValues[$0.a * graph.nodeCount + $0.b] } }
}
