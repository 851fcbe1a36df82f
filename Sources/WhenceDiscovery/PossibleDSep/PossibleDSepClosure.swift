/// Every node that a walk from a root reaches along which each middle node is a possible separator: it is a collider
/// between its two neighbours on the walk, or those two are adjacent. A walk goes on from no visit to the root.
///
/// Explored by ordered steps `u → v`, because whether a walk may go on from v depends on u. All steps into v that
/// were not followed yet are followed together: w can be next if it is a neighbour of v, and adjacent to one of the
/// u, or, like one of them, joined to v by an arrowhead at v. So v costs one set operation for every step into it, and
/// nothing once every step out of it was taken.
struct PossibleDSepClosure {
    private let graph: MixedGraph
    private let nobody: NodeSet
    /// For each v, every u with a step `u → v` that is still to be followed, and every w to which a step `v → w` was
    /// taken.
    private var waiting: [NodeSet]
    private var taken: [NodeSet]

    init(_ graph: MixedGraph) {
        self.graph = graph
        nobody = NodeSet(capacity: graph.nodeCount)
        waiting = [NodeSet](repeating: nobody, count: graph.nodeCount)
        taken = waiting
    }

    /// The nodes that walks from a root reach.
    ///
    /// - Parameter checkpoint: Called now and then; ends the exploration by throwing.
    /// - Complexity: O(edges) set operations.
    mutating func nodes<E: Error>(from root: Int, checkpoint: () throws(E) -> Void) throws(E) -> NodeSet {
        for node in 0..<graph.nodeCount { (waiting[node], taken[node]) = (nobody, nobody) }
        let reached = graph.adjacent[root]
        for node in reached { waiting[node].insert(root) }
        var (all, front) = (reached, reached)
        while let v = front.first {
            try checkpoint()
            front.remove(v)
            let new = next(from: v)
            waiting[v] = nobody
            guard !new.isEmpty else { continue }
            taken[v].formUnion(new)
            for w in new where w != root { waiting[w].insert(v) }
            front.formUnion(new)
            front.remove(root)
            all.formUnion(new)
        }
        return all - root
    }

    /// Where walks that came to v by a waiting step may go, as far as none went there from v before.
    private func next(from v: Int) -> NodeSet {
        let open = graph.adjacent[v] - taken[v]
        var result = nobody
        guard !open.isEmpty else { return result }
        for u in waiting[v] {
            var targets = graph.adjacent[u]
            if graph.arrowsAt[v].contains(u) { targets.formUnion(graph.arrowsAt[v]) }
            targets.formIntersection(open)
            targets.remove(u)
            result.formUnion(targets)
            if result == open { break }
        }
        return result
    }
}
