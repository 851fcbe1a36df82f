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
        var nodes: [Int]
        var distance: Int
        var side: Int
    }

    /// The sets for an edge, each once, in the order of the search.
    func sets(_ x: Int, _ y: Int, _ session: TestSession) throws(BoundReached) -> [[Int]] {
        switch size {
        case 0: return [[]]
        case 1:
            let (ofX, ofY) = (graph.adjacent[x] - y, graph.adjacent[y] - x)
            return ofX.map { [$0] } + (ofY - ofX).map { [$0] }
        default: break
        }
        var candidates: [Candidate] = []
        for (side, root, other) in [(0, x, y), (1, y, x)] {
            var search = legalSets(root, besides: other)
            try search.forEach { (set, distance) throws(BoundReached) in
                candidates.append(Candidate(nodes: Array(set), distance: distance, side: side))
                if candidates.count % 1_024 == 0 { try session.checkLimits() }
                return true
            }
        }
        candidates.sort { first, second in
            (first.distance, first.side) != (second.distance, second.side)
                ? (first.distance, first.side) < (second.distance, second.side)
                : first.nodes.lexicographicallyPrecedes(second.nodes)
        }
        var known: Set<[Int]> = []
        return candidates.map(\.nodes).filter { known.insert($0).inserted }
    }

    /// Whether an edge has any set.
    func exist(_ x: Int, _ y: Int) -> Bool {
        switch size {
        case 0: return true
        case 1: return !(graph.adjacent[x] - y).isEmpty || !(graph.adjacent[y] - x).isEmpty
        default: break
        }
        var isFound = false
        for (root, other) in [(x, y), (y, x)] {
            var search = legalSets(root, besides: other)
            search.forEach { _, _ in
                isFound = true
                return false
            }
        }
        return isFound
    }

    /// The legal sets of a root of which every member is a possible ancestor of one of the two nodes.
    private func legalSets(_ root: Int, besides other: Int) -> LegalSetSearch {
        let region = NodeSet(allOf: graph.nodeCount) - root - other
        let tree = PossibleDSepTree(graph, root: root, within: region)
        let allowed = (possibleAncestors[root] | possibleAncestors[other]) & tree.members
        return LegalSetSearch(
            graph, root: root, allowed: allowed - root - other, distances: tree.distances, size: size)
    }
}
