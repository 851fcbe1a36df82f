extension MixedGraph {
    /// Whether an edge joins two nodes.
    public func isAdjacent(_ a: Int, _ b: Int) -> Bool { adjacent[a].contains(b) }

    /// The mark at `node` on the edge that comes from `other`; `nil` without an edge.
    public func mark(at node: Int, from other: Int) -> Mark? {
        guard adjacent[node].contains(other) else { return nil }
        if arrowsAt[node].contains(other) { return .arrow }
        return tailsAt[node].contains(other) ? .tail : .circle
    }

    /// The nodes joined to `node`, ascending.
    public func neighbours(of node: Int) -> [Int] { Array(adjacent[node]) }

    /// How many edges a node has.
    public func degree(of node: Int) -> Int { adjacent[node].count }

    /// How many edges the graph has.
    public var edgeCount: Int { adjacent.reduce(0) { $0 + $1.count } / 2 }

    /// Every edge once, by smaller node, then larger.
    public var edges: [Edge] {
        var result: [Edge] = []
        for a in 0..<nodeCount {
            for b in adjacent[a] where a < b {
                guard let nearMark = mark(at: a, from: b), let farMark = mark(at: b, from: a) else {
                    continue
                }
                result.append(Edge(a, nearMark, farMark, b))
            }
        }
        return result
    }

    /// The nodes from which a *possibly directed* path leads to `node`, without `node` itself: along the path,
    /// read towards `node`, no edge has an arrowhead at its near end or a tail at its far end.
    ///
    /// Without circles these are the ancestors (and nodes tied to one by `---`). The condition holds edge by
    /// edge, so that reachability decides it.
    /// - Complexity: O(edges).
    public func possibleAncestors(of node: Int) -> [Int] { Array(possibleAncestorSet(of: node)) }
}

extension MixedGraph {
    /// Every u with a circle at v on `u *-o v`.
    func circlesAt(_ v: Int) -> NodeSet { adjacent[v] - arrowsAt[v] - tailsAt[v] }

    /// Every u with a circle at u on `v *-o u`.
    func circlesFrom(_ v: Int) -> NodeSet { adjacent[v] - arrowsFrom[v] - tailsFrom[v] }

    /// Every u with `v o-o u`.
    func circleNeighbours(of v: Int) -> NodeSet { circlesAt(v) & circlesFrom(v) }

    /// Every u with `u --> v`.
    func parents(of v: Int) -> NodeSet { arrowsAt[v] & tailsFrom[v] }

    /// Every u with `v --> u`.
    func children(of v: Int) -> NodeSet { tailsAt[v] & arrowsFrom[v] }

    /// Every u with `u <-> v`.
    func spouses(of v: Int) -> NodeSet { arrowsAt[v] & arrowsFrom[v] }

    /// Every u to which a potentially directed path may step from v: no arrowhead at v, no tail at u.
    func potentialChildren(of v: Int) -> NodeSet { adjacent[v] - arrowsAt[v] - tailsFrom[v] }

    /// Those of `candidates` that make an unshielded triple `u - v - w` with v between: not adjacent to u, not u.
    @inline(__always)
    func unshielded(beyond u: Int, among candidates: NodeSet) -> NodeSet {
        var result = candidates
        result.subtract(adjacent[u])
        result.remove(u)
        return result
    }

    /// Whether two of the nodes are not adjacent.
    func hasNonadjacentPair(_ nodes: NodeSet) -> Bool {
        nodes.contains { !unshielded(beyond: $0, among: nodes).isEmpty }
    }

    /// Bit-set form of `possibleAncestors(of:)`.
    func possibleAncestorSet(of node: Int) -> NodeSet {
        var found = NodeSet(capacity: nodeCount)
        found.insert(node)
        var frontier = [node]
        while let v = frontier.popLast() {
            let new = adjacent[v] - arrowsFrom[v] - tailsAt[v] - found
            found.formUnion(new)
            frontier.append(contentsOf: new)
        }
        return found - node
    }
}
