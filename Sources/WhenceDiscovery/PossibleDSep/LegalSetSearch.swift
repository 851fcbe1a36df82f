/// All legal sets of one size: sets of nodes in which every member is reached from the root by a possible-d-sep path
/// through members only.
///
/// Sets are grown node by node. Without its last-reached member (the largest number among the farthest inside the
/// set) a legal set is still legal, since no shortest path to another member passes through it; so every legal set
/// has one parent, and growing each set only from its parent meets every legal set once, without remembering any
/// (reverse search, Avis and Fukuda 1996). The work is in proportion to the number of legal sets up to the size.
struct LegalSetSearch {
    private let allowed: NodeSet
    private let distances: [Int]
    private let size: Int
    /// Sums of distances that are wanted.
    private let sums: ClosedRange<Int>
    private let largestDistance: Int
    private var walk: PossibleDSepWalk
    private var isOver = false

    /// - Parameters:
    ///   - allowed: Nodes that may be members; the root is none.
    ///   - distances: A node's distance from the root, which orders sets by their sums.
    init(
        _ graph: MixedGraph, root: Int, allowed: NodeSet, distances: [Int], size: Int,
        sums: ClosedRange<Int> = 0...Int.max
    ) {
        self.allowed = allowed
        self.distances = distances
        self.size = size
        self.sums = sums
        largestDistance = distances.max() ?? 0
        walk = PossibleDSepWalk(graph, root: root)
    }

    /// Calls `body` with every legal set and its sum of distances, until it returns false.
    mutating func forEach<E: Error>(_ body: (NodeSet, Int) throws(E) -> Bool) throws(E) {
        guard size > 0 else {
            if sums.contains(0) { _ = try body(allowed - allowed, 0) }
            return
        }
        isOver = false
        walk.exploreWalks(within: allowed - allowed)
        try grow(allowed - allowed, count: 0, sum: 0, by: walk.frontier & allowed, body)
    }

    private mutating func grow<E: Error>(
        _ set: NodeSet, count: Int, sum: Int, by candidates: NodeSet, _ body: (NodeSet, Int) throws(E) -> Bool
    ) throws(E) {
        for node in candidates {
            let newSum = sum + distances[node]
            let missing = size - count - 1
            guard newSum + missing <= sums.upperBound,
                newSum + missing * largestDistance >= sums.lowerBound
            else { continue }
            var grown = set
            grown.insert(node)
            walk.explorePaths(within: grown)
            guard walk.reached == grown, lastReached(of: grown) == node else { continue }
            if missing == 0 {
                if try !body(grown, newSum) { isOver = true }
            } else {
                try grow(grown, count: count + 1, sum: newSum, by: (walk.frontier & allowed) - grown, body)
            }
            if isOver { return }
        }
    }

    /// The member whose distance inside the set is largest; of several, the one with the largest number.
    private func lastReached(of set: NodeSet) -> Int? {
        var (last, farthest): (Int?, Int) = (nil, 0)
        for node in set where walk.distances[node] >= farthest {
            (last, farthest) = (node, walk.distances[node])
        }
        return last
    }
}
