/// The conditioning sets that ICD tests an edge with, for one size and one graph.
struct ICDSeparators {
    private let graph: MixedGraph
    private let size: Int
    /// For every node, its possible ancestors; needed from size 2 on.
    private let possibleAncestors: [NodeSet]

    init(_ graph: MixedGraph, size: Int) {
        self.graph = graph
        self.size = size
        possibleAncestors = size < 2 ? [] : (0..<graph.nodeCount).map(graph.possibleAncestorSet)
    }

    private struct Candidate {
        var set: NodeSet
        var distance: Int
        var side: Int

        /// The order of the search: sum of distances, side, lexicographic.
        static func < (left: Candidate, right: Candidate) -> Bool {
            if left.distance != right.distance { return left.distance < right.distance }
            if left.side != right.side { return left.side < right.side }
            return left.set.lexicographicallyPrecedes(right.set)
        }
    }

    /// Tests an edge given each of its sets, each once, in the order of the search; false when it has none.
    func offer(
        _ x: Int, _ y: Int, to search: inout SeparatorSearch, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        guard size >= 2 else {
            let (ofX, ofY) = (graph.adjacent[x] - y, graph.adjacent[y] - x)
            try search.offerSubsets(of: ofX, size: size, session)
            if size == 1 { try search.offerSubsets(of: ofY - ofX, size: size, session) }
            return size == 0 || !(ofX | ofY).isEmpty
        }
        let candidates = try candidates(x, y, session)
        for candidate in candidates {
            try search.offer(Array(candidate.set), session)
            if search.isOver { break }
        }
        return !candidates.isEmpty
    }

    /// The sets for an edge from size 2 on.
    private func candidates(_ x: Int, _ y: Int, _ session: TestSession) throws(BoundReached) -> [Candidate] {
        let all = NodeSet(allOf: graph.nodeCount)
        var candidates: [Candidate] = []
        var canRepeat = false
        for (side, root, other) in [(0, x, y), (1, y, x)] {
            let start = candidates.count
            var members = all - all
            var search = legalSets(root, besides: other)
            let checkpoint = { () throws(BoundReached) in try session.checkInterruption() }
            try search.forEach(checkpoint: checkpoint) { (set) throws(BoundReached) in
                let isBesideX = set.isSubset(of: graph.adjacent[x])
                // Neighbours of x are legal from there, with the smallest sum there is: found already.
                if side == 1 && isBesideX { return true }
                if side == 0 && !isBesideX { canRepeat = true }
                candidates.append(Candidate(set: set, distance: 0, side: side))
                members.formUnion(set)
                return true
            }
            guard candidates.count > start else { continue }
            var walk = PossibleDSepWalk(graph, root: root)
            walk.explorePaths(within: all - root - other, wanted: members)
            for index in start..<candidates.count {
                candidates[index].distance = candidates[index].set.reduce(0) { $0 + walk.distances[$1] }
            }
        }
        candidates.sort(by: <)
        guard canRepeat else { return candidates }
        var known: Set<NodeSet> = []
        return candidates.filter { known.insert($0.set).inserted }
    }

    /// Whether an edge has any set.
    func exist(_ x: Int, _ y: Int) -> Bool {
        switch size {
        case 0: return true
        case 1: return !(graph.adjacent[x] - y).isEmpty || !(graph.adjacent[y] - x).isEmpty
        default: break
        }
        var isFound = false
        for (root, other) in [(x, y), (y, x)] where !isFound {
            var search = legalSets(root, besides: other)
            search.forEach { _ in
                isFound = true
                return false
            }
        }
        return isFound
    }

    /// The legal sets of a root of which every member is a possible ancestor of one of the two nodes.
    private func legalSets(_ root: Int, besides other: Int) -> LegalSetSearch {
        let allowed = (possibleAncestors[root] | possibleAncestors[other]) - root - other
        return LegalSetSearch(graph, root: root, allowed: allowed, size: size)
    }
}
