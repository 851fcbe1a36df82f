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

    /// The sets for an edge, each once, in the order of the search.
    func sets(_ x: Int, _ y: Int, _ session: TestSession) throws(BoundReached) -> [NodeSet] {
        let nobody = NodeSet(capacity: graph.nodeCount)
        switch size {
        case 0: return [nobody]
        case 1:
            let (ofX, ofY) = (graph.adjacent[x] - y, graph.adjacent[y] - x)
            return (Array(ofX) + Array(ofY - ofX)).map { nobody | $0 }
        default: break
        }
        var candidates: [Candidate] = []
        for (side, root, other) in [(0, x, y), (1, y, x)] {
            let start = candidates.count
            var members = nobody
            var search = legalSets(root, besides: other)
            try search.forEach { (set) throws(BoundReached) in
                candidates.append(Candidate(set: set, distance: 0, side: side))
                members.formUnion(set)
                if candidates.count % 1_024 == 0 { try session.checkInterruption() }
                return true
            }
            guard candidates.count > start else { continue }
            var walk = PossibleDSepWalk(graph, root: root)
            walk.explorePaths(within: NodeSet(allOf: graph.nodeCount) - root - other, wanted: members)
            for index in start..<candidates.count {
                candidates[index].distance = candidates[index].set.reduce(0) { $0 + walk.distances[$1] }
            }
        }
        candidates.sort(by: <)
        var known: Set<NodeSet> = []
        return candidates.lazy.map(\.set).filter { known.insert($0).inserted }
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
