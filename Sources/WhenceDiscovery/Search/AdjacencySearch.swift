/// The first stage of FCI: conditioning sets from the neighbours of either node (PC-stable).
struct AdjacencySearch {
    let rule: SeparatingSetRule
    /// For each size that was searched to its end, the neighbours at its start.
    private(set) var frozen: [[NodeSet]] = []

    init(rule: SeparatingSetRule) { self.rule = rule }

    /// Removes every edge that a set of neighbours separates.
    ///
    /// - Returns: Where a bound on the size of conditioning sets ended the search; `nil` at its own end.
    mutating func run(_ state: inout SkeletonState, _ session: TestSession) throws(BoundReached) -> SearchEnd?
    {
        var size = 0
        while state.graph.adjacent.contains(where: { $0.count > size }) {
            guard session.allows(conditioningSize: size) else {
                return SearchEnd(stage: .adjacencies, size: size, bound: session.sizeBound)
            }
            session.enter(.adjacencies, conditioningSize: size, edgeCount: state.graph.edgeCount)
            let neighbours = state.graph.adjacent
            defer { state.removeSeparated() }
            try search(size, neighbours, &state, session)
            frozen.append(neighbours)
            size += 1
        }
        return nil
    }

    private func search(
        _ size: Int, _ neighbours: [NodeSet], _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) {
        try session.checkInterruption()
        for x in neighbours.indices {
            for y in neighbours[x] where y > x {
                try state.search(x, y, rule: rule, session) { (search) throws(BoundReached) in
                    let (ofX, ofY) = (neighbours[x] - y, neighbours[y] - x)
                    try search.offerSubsets(of: ofX, size: size, session)
                    guard !ofY.isSubset(of: ofX) else { return }
                    try search.offerSubsets(of: ofY, size: size, session) { $0.allSatisfy(ofX.contains) }
                }
            }
        }
    }

    /// Whether this search has tested, or would have tested had the edge not gone, a pair given a set.
    @inline(__always)
    func hasTested(_ x: Int, _ y: Int, given set: [Int]) -> Bool {
        guard set.count < frozen.count else { return false }
        let neighbours = frozen[set.count]
        return set.allSatisfy(neighbours[x].contains) || set.allSatisfy(neighbours[y].contains)
    }
}
