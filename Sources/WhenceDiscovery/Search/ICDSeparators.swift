/// The conditioning sets that ICD tests an edge with, for one size and one graph.
///
/// The sets of neighbours of a root are nearest to it and come first, one after another as a walk over subsets meets
/// them. Only where none of them separates are the others built (`FarSeparators`).
struct ICDSeparators {
    private let graph: MixedGraph
    private let size: Int
    private let order: CausalOrder?
    /// For every node, its possible ancestors; needed from size 2 on.
    private let possibleAncestors: [NodeSet]
    private let far: FarSeparators
    private let all: NodeSet

    /// - Parameter order: A causal order; then sets start from the later of two nodes only, and lie before it.
    init(
        _ graph: MixedGraph, size: Int, order: CausalOrder? = nil, _ session: TestSession
    ) throws(BoundReached) {
        self.graph = graph
        self.size = size
        self.order = order
        all = NodeSet(allOf: graph.nodeCount)
        var possibleAncestors: [NodeSet] = []
        for node in 0..<graph.nodeCount where size >= 2 {
            try session.checkInterruption()
            possibleAncestors.append(graph.possibleAncestorSet(of: node))
        }
        self.possibleAncestors = possibleAncestors
        far = FarSeparators(graph, size: size)
    }

    /// Tests an edge given each of its sets, each once, in the order of the search; false when it has none.
    func offer(
        _ x: Int, _ y: Int, to search: inout SeparatorSearch, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        if size == 0 {
            try search.offer([], session)
            return true
        }
        if size == 1 { return try offerNeighbours(x, y, to: &search, session) }
        let sides = sides(x, y)
        let pools = sides.map { graph.adjacent[$0.root] & $0.allowed }
        var hadSets = false
        for (place, pool) in pools.enumerated() where pool.count >= size {
            hadSets = true
            guard place > 0 else {
                try search.offerSubsets(of: pool, size: size, session)
                continue
            }
            guard !pool.isSubset(of: pools[0]) else { continue }
            try search.offerSubsets(of: pool, size: size, session) { $0.allSatisfy(pools[0].contains) }
        }
        guard size >= 2, !search.isOver else { return hadSets }
        let hadFarSets = try far.offer(sides, besides: pools, to: &search, session)
        return hadSets || hadFarSets
    }

    /// The same for sets of one node, which most tests have: for them no pool has to be built.
    private func offerNeighbours(
        _ x: Int, _ y: Int, to search: inout SeparatorSearch, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        if let order {
            let (earlier, later) = order.sorted(x, y)
            return try search.offerNodes(
                of: graph.adjacent[later] & order.earlier[later], besides: earlier, session)
        }
        let hadFirst = try search.offerNodes(of: graph.adjacent[x], besides: y, session)
        guard !search.isOver else { return true }
        let hadSecond = try search.offerNodes(
            of: graph.adjacent[y] - graph.adjacent[x], besides: x, session)
        return hadFirst || hadSecond
    }

    /// Whether an edge has any set.
    func exist(_ x: Int, _ y: Int, _ session: TestSession) throws(BoundReached) -> Bool {
        let sides = sides(x, y)
        if sides.contains(where: { (graph.adjacent[$0.root] & $0.allowed).count >= size }) { return true }
        guard size >= 2 else { return false }
        for side in sides where try far.exist(side, session) { return true }
        return false
    }

    /// The roots from which sets for an edge start.
    private func sides(_ x: Int, _ y: Int) -> [SeparatorSide] {
        if let order {
            let (earlier, later) = order.sorted(x, y)
            return [side(later, besides: earlier, within: order.earlier[later] - earlier)]
        }
        let others = all - x - y
        return [side(x, besides: y, within: others), side(y, besides: x, within: others)]
    }

    private func side(_ root: Int, besides other: Int, within region: NodeSet) -> SeparatorSide {
        let allowed = size < 2 ? region : region & (possibleAncestors[root] | possibleAncestors[other])
        return SeparatorSide(root: root, region: region, allowed: allowed)
    }
}

/// Where the sets for an edge start from one of its nodes.
struct SeparatorSide {
    /// The node.
    var root: Int
    /// The nodes that paths from it may pass.
    var region: NodeSet
    /// Those of them that may be members of a set.
    var allowed: NodeSet
}
