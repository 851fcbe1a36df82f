/// The second stage of FCI: conditioning sets from the possible-d-sep set of either node.
///
/// The sets are those that walks reach: all that paths reach, found in polynomial time.
struct PossibleDSepSearch {
    private let earlier: AdjacencySearch
    private let rule: SeparatingSetRule
    private let possible: [NodeSet]

    /// - Parameter graph: The skeleton of the first stage, with the colliders of R0.
    init(
        _ graph: MixedGraph, after earlier: AdjacencySearch, rule: SeparatingSetRule, _ session: TestSession
    ) throws(BoundReached) {
        self.earlier = earlier
        self.rule = rule
        var closure = PossibleDSepClosure(graph)
        var possible: [NodeSet] = []
        for root in 0..<graph.nodeCount {
            try session.checkInterruption()
            possible.append(
                try closure.nodes(from: root) { () throws(BoundReached) in try session.checkInterruption() })
        }
        self.possible = possible
    }

    /// Removes every edge that a subset of a possible-d-sep set separates. The sets are those of the start, so each
    /// pair's tests are the same in whatever order pairs and sizes come; sizes come first, so that an early end
    /// means something.
    ///
    /// - Returns: Where a bound ended the search; `nil` at its own end.
    func run(_ state: inout SkeletonState, _ session: TestSession) -> SearchEnd? {
        var size = 0
        while true {
            let open = state.graph.edges.filter { edge in
                state.isOpen(edge.a, edge.b)
                    && max((possible[edge.a] - edge.b).count, (possible[edge.b] - edge.a).count) >= size
            }
            guard !open.isEmpty else { return nil }
            guard session.allows(conditioningSize: size) else {
                return SearchEnd(stage: .possibleDSep, size: size, bound: session.sizeBound)
            }
            session.enter(.possibleDSep, conditioningSize: size, edgeCount: state.graph.edgeCount)
            defer { state.removeSeparated() }
            do throws(BoundReached) {
                try session.checkInterruption()
                for edge in open { try search(edge.a, edge.b, size, &state, session) }
            } catch {
                return SearchEnd(stage: .possibleDSep, size: size, bound: error.bound)
            }
            size += 1
        }
    }

    private func search(
        _ x: Int, _ y: Int, _ size: Int, _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) {
        try state.search(x, y, rule: rule, session) { (search) throws(BoundReached) in
            let (ofX, ofY) = (possible[x] - y, possible[y] - x)
            try search.offerSubsets(of: ofX, size: size, session) { earlier.hasTested(x, y, given: $0) }
            guard !ofY.isSubset(of: ofX) else { return }
            try search.offerSubsets(of: ofY, size: size, session) { set in
                set.allSatisfy(ofX.contains) || earlier.hasTested(x, y, given: set)
            }
        }
    }
}
