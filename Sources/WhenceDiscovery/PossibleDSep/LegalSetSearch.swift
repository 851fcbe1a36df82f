/// All legal sets of one size: sets of nodes in which every member is reached from the root by a possible-d-sep path
/// through members only.
///
/// Sets are grown node by node. Without its last-reached member (the largest number among the farthest inside the
/// set) a legal set is still legal, since no shortest path to another member passes through it; so every legal set
/// has one parent, and growing each set only from its parent meets every legal set once, without remembering any
/// (reverse search, Avis and Fukuda 1996). The work is in proportion to the number of legal sets up to the size.
struct LegalSetSearch {
    private let neighbours: NodeSet
    private let allowed: NodeSet
    private let size: Int
    /// Whether sets of neighbours of the root alone are left out.
    private let isBeyondNeighbours: Bool
    /// Distances from the root, and the sums of them that are wanted; empty when every set is.
    private let distances: [Int]
    private let sums: ClosedRange<Int>
    private let largestDistance: Int
    private var walk: PossibleDSepWalk
    private var isOver = false
    /// The walk's work at the last call of the checkpoint.
    private var checkedWork = 0

    /// Steps of walks between two calls of the checkpoint.
    private static let checkInterval = 2_048

    /// A search for all sets of a size.
    ///
    /// - Parameters:
    ///   - allowed: Nodes that may be members; the root is none.
    ///   - isBeyondNeighbours: Whether to leave out the sets of neighbours of the root alone.
    init(
        _ graph: MixedGraph, root: Int, allowed: NodeSet, size: Int, isBeyondNeighbours: Bool = false
    ) {
        self.init(
            graph, root: root, allowed: allowed, size: size, distances: [], sums: 0...0,
            isBeyondNeighbours: isBeyondNeighbours)
    }

    /// A search for the sets of a size whose members' distances have a wanted sum.
    init(
        _ graph: MixedGraph, root: Int, allowed: NodeSet, size: Int, distances: [Int],
        sums: ClosedRange<Int>, isBeyondNeighbours: Bool = false
    ) {
        self.isBeyondNeighbours = isBeyondNeighbours
        neighbours = graph.adjacent[root]
        self.allowed = allowed
        self.size = size
        self.distances = distances
        self.sums = sums
        largestDistance = distances.max() ?? 0
        walk = PossibleDSepWalk(graph, root: root)
    }

    /// Calls `body` with every legal set until it returns false.
    mutating func forEach(_ body: (NodeSet) -> Bool) {
        forEach(checkpoint: { () throws(Never) in }, body)
    }

    /// Calls `body` with every legal set until it returns false.
    ///
    /// - Parameter checkpoint: Called now and then, also while no set is complete; ends the search by throwing.
    mutating func forEach<E: Error>(
        checkpoint: () throws(E) -> Void, _ body: (NodeSet) throws(E) -> Bool
    ) throws(E) {
        let nobody = allowed - allowed
        guard size > 0 else {
            _ = try body(nobody)
            return
        }
        guard allowed.count >= size else { return }
        isOver = false
        walk.exploreWalks(within: nobody)
        try grow(nobody, count: 0, sum: 0, by: walk.frontier & allowed, checkpoint, body)
    }

    private mutating func grow<E: Error>(
        _ set: NodeSet, count: Int, sum: Int, by candidates: NodeSet, _ checkpoint: () throws(E) -> Void,
        _ body: (NodeSet) throws(E) -> Bool
    ) throws(E) {
        let missing = size - count - 1
        let isLast = missing == 0
        for node in isLast && isBeyondNeighbours ? candidates - neighbours : candidates {
            let newSum = distances.isEmpty ? 0 : sum + distances[node]
            guard distances.isEmpty || canReachSums(from: newSum, missing: missing) else { continue }
            guard mayBeLast(node, in: set) else { continue }
            if walk.work - checkedWork >= Self.checkInterval {
                checkedWork = walk.work
                try checkpoint()
            }
            let grown = set | node
            // Neighbours of the root are legal as they stand; and a complete set needs its members only, where one
            // that grows on also needs to know where to.
            if !isLast || !neighbours.contains(node) {
                walk.explorePaths(within: grown, wanted: isLast ? grown : nil)
                guard walk.reached == grown, lastReached(of: grown) == node else { continue }
            }
            if isLast {
                if try !body(grown) { isOver = true }
            } else {
                let next = (walk.frontier & allowed) - grown
                try grow(grown, count: count + 1, sum: newSum, by: next, checkpoint, body)
            }
            if isOver { return }
        }
    }

    /// False when a member of the set is certainly reached after the node: a neighbour of the root is reached at
    /// once, so all others must be neighbours too, with smaller numbers.
    private func mayBeLast(_ node: Int, in set: NodeSet) -> Bool {
        guard neighbours.contains(node) else { return true }
        return set.isSubset(of: neighbours) && (set.last ?? -1) < node
    }

    /// Whether a set with a sum of distances, and some members missing, may become one of a wanted sum.
    private func canReachSums(from sum: Int, missing: Int) -> Bool {
        sum + missing <= sums.upperBound && sum + missing * largestDistance >= sums.lowerBound
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
