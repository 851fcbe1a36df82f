/// The possible-d-sep tree of a node: what a path from the node may pass when each middle node on it is a collider
/// or its two neighbours on the path are adjacent. Whatever can separate the node from another is in it.
///
/// - Note: Rohekar et al. 2021, *Iterative causal discovery in the possible presence of latent confounders and
///   selection bias*, Definitions 1 and 2; Rohekar et al. 2023, *Causal interpretation of self-attention*, §4.
public struct PossibleDSepTree: Sendable {
    /// The node at which every walk starts.
    public let root: Int
    /// The nodes of the tree without the root, ascending.
    public let nodes: [Int]
    let graph: MixedGraph
    private let members: NodeSet
    private let distances: [Int]

    /// Builds the tree.
    ///
    /// - Parameters:
    ///   - graph: Any graph; it need not be a legal ancestral graph.
    ///   - root: One of its nodes.
    ///   - maximumDistance: Largest number of edges from the root; `nil` for no bound.
    /// - Precondition: `root` is a node of the graph.
    /// - Complexity: O(nodes²) set operations.
    public init(_ graph: MixedGraph, root: Int, maximumDistance: Int? = nil) {
        precondition((0..<graph.nodeCount).contains(root), "node \(root) is outside the graph")
        var walk = PossibleDSepWalk(graph, root: root)
        if maximumDistance.map({ $0 > 0 }) ?? true {
            let others = NodeSet(allOf: graph.nodeCount) - root
            walk.explorePaths(within: others, wanted: others, maximumDistance: maximumDistance ?? .max)
        }
        self.graph = graph
        self.root = root
        members = walk.reached
        nodes = Array(walk.reached)
        distances = walk.distances
    }

    /// Smallest number of edges from the root to a node of the tree; `nil` for other nodes.
    public func distance(of node: Int) -> Int? {
        guard (0..<distances.count).contains(node), distances[node] > 0 else { return nil }
        return distances[node]
    }

    /// A set of nodes in which every member is reached from the root through members.
    public struct LegalSet: Sendable, Hashable {
        /// The members, ascending.
        public var nodes: [Int]
        /// Sum of the members' distances from the root.
        public var distance: Int
    }

    /// The legal sets of one size, and whether they are all.
    public struct LegalSets: Sendable, Hashable {
        /// By sum of distances, then lexicographic.
        public var sets: [LegalSet]
        /// False when the maximum cut the list: no set with a smaller sum than the last one's is missing, but sets
        /// with the same sum, or a larger one, are.
        public var isComplete: Bool
    }

    /// The legal sets of a size, nearest first.
    ///
    /// - Parameters:
    ///   - size: Number of members, not negative.
    ///   - maximumCount: Most sets returned. There may be exponentially many.
    /// - Complexity: in proportion to the number of legal sets up to the size and to the number of different
    ///   sums; none with sums beyond those returned is built.
    public func legalSets(ofSize size: Int, maximumCount: Int = .max) -> LegalSets {
        guard size > 0, size <= nodes.count else {
            return LegalSets(sets: size == 0 ? [LegalSet(nodes: [], distance: 0)] : [], isComplete: true)
        }
        let ordered = nodes.map { distances[$0] }.sorted()
        let (smallest, largest) = (ordered.prefix(size).reduce(0, +), ordered.suffix(size).reduce(0, +))
        var result: [LegalSet] = []
        for sum in smallest...largest {
            var search = LegalSetSearch(
                graph, root: root, allowed: members, size: size, distances: distances, sums: sum...sum)
            var (group, isCut) = ([LegalSet](), false)
            search.forEach { set in
                isCut = result.count + group.count >= maximumCount
                if !isCut { group.append(LegalSet(nodes: Array(set), distance: sum)) }
                return !isCut
            }
            result += group.sorted { $0.nodes.lexicographicallyPrecedes($1.nodes) }
            if isCut { return LegalSets(sets: result, isComplete: false) }
        }
        return LegalSets(sets: result, isComplete: true)
    }
}
