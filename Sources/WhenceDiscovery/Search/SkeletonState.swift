/// What a search has found so far: the graph, the separating sets, and how nearly each edge was removed.
///
/// Edges found separable are removed together, at the end of a round, so that no round depends on the order of
/// its pairs (Colombo and Maathuis 2014, §3).
struct SkeletonState {
    var graph: MixedGraph
    private(set) var separators: SeparatorTable
    /// Largest p-value of the tests that kept an edge, at `a · nodeCount + b`, `a < b`.
    private var largestPValues: [Double]
    /// What was found since edges were removed last, and where in it each pair, `a · nodeCount + b`, is.
    private var removals: [(set: SeparatingSet, disputed: [Int])] = []
    private var places: [Int: Int] = [:]
    /// Known beforehand; edges that it requires are not tested.
    let knowledge: BackgroundKnowledge?

    init(nodeCount: Int, knowledge: BackgroundKnowledge? = nil) {
        self.knowledge = knowledge
        graph = MixedGraph(completeOver: nodeCount)
        separators = SeparatorTable(nodeCount: nodeCount)
        largestPValues = [Double](repeating: 0, count: nodeCount * nodeCount)
    }

    /// Runs one pair's search and keeps what it found, also when a bound ends it.
    mutating func search(
        _ a: Int, _ b: Int, rule: SeparatingSetRule, _ session: TestSession,
        _ offers: (inout SeparatorSearch) throws(BoundReached) -> Void
    ) throws(BoundReached) {
        guard isOpen(a, b) else { return }
        var search = SeparatorSearch(a, b, rule: rule)
        defer {
            if let separator = search.separator(session) { keep(separator, search.disputed, session) }
            if let pValue = search.largestPValue(session) {
                let place = a * graph.nodeCount + b
                largestPValues[place] = max(largestPValues[place], pValue)
            }
        }
        try offers(&search)
    }

    /// Keeps a set for a pair; of several the smallest, and of those the most probable.
    private mutating func keep(_ separator: SeparatingSet, _ disputed: [Int], _ session: TestSession) {
        let pair = separator.a * graph.nodeCount + separator.b
        if let place = places[pair] {
            let known = removals[place].set
            let isBetter =
                separator.set.count == known.set.count
                ? separator.pValue > known.pValue : separator.set.count < known.set.count
            if isBetter { removals[place] = (separator, disputed) }
        } else {
            places[pair] = removals.count
            removals.append((separator, disputed))
            session.edgeCount -= 1
        }
    }

    /// Whether an edge was found separable since edges were removed last.
    var hasSeparated: Bool { !removals.isEmpty }

    /// Removes the edges found separable since the last call; returns them, in the order in which they were found.
    @discardableResult
    mutating func removeSeparated() -> [(Int, Int)] {
        for (separator, disputed) in removals {
            graph.disconnect(separator.a, separator.b)
            separators.record(separator, disputed: disputed)
        }
        defer { (removals, places) = ([], [:]) }
        return removals.map { ($0.set.a, $0.set.b) }
    }

    /// Whether an edge is to be tested: no knowledge requires it.
    func isOpen(_ a: Int, _ b: Int) -> Bool { !(knowledge?.requires(a, b) ?? false) }

    /// Records what the separating sets of two nodes do not agree about.
    mutating func record(_ separator: SeparatingSet, disputed: [Int]) {
        separators.record(separator, disputed: disputed)
    }

    /// For every edge, in order, the largest p-value of the tests that kept it.
    var edgePValues: [Double] { graph.edges.map { largestPValues[$0.a * graph.nodeCount + $0.b] } }
}
