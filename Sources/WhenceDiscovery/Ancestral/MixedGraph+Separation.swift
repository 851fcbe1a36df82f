extension MixedGraph {
    /// Whether every path between two nodes of an ancestral graph is blocked by a set: by a non-collider in it, or
    /// by a collider that is neither in it nor an ancestor of a member (*m-separation*).
    ///
    /// In a directed acyclic graph this is d-separation. The graph should be ancestral and without circles, as
    /// `violations(as: .maximalAncestralGraph)` checks; elsewhere the answer is about walks, and a circle is read as
    /// "no arrowhead".
    /// - Parameters:
    ///   - a: A node.
    ///   - b: Another node; the answer is the same with the two exchanged.
    ///   - set: Other nodes, in any order.
    /// - Precondition: all are nodes of the graph, `a` and `b` are different and not in `set`.
    /// - Complexity: O(nodes + edges).
    /// - Note: Richardson and Spirtes 2002, *Ancestral graph Markov models*, Annals of Statistics 30, §3.4.
    public func isMSeparated(_ a: Int, _ b: Int, given set: [Int]) -> Bool {
        let nodes = 0..<nodeCount
        precondition(
            nodes.contains(a) && nodes.contains(b) && a != b
                && set.allSatisfy { nodes.contains($0) && $0 != a && $0 != b },
            "m-separation is about two different nodes of the graph and a set of others")
        return isSeparated(a, b, given: NodeSet(capacity: nodeCount, members: set))
    }

    /// Whether no edge joins two nodes and their anterior nodes separate them, as in a maximal ancestral graph
    /// they do for every such pair.
    func isSeparatedByAnteriors(_ a: Int, _ b: Int, in other: MixedGraph) -> Bool {
        other.isSeparated(a, b, given: anteriorSeparator(of: a, b))
    }

    /// The nodes anterior to either of two nodes, without the two: in a maximal ancestral graph these separate
    /// them whenever anything does (Richardson and Spirtes 2002, Theorem 4.2).
    func anteriorSeparator(of a: Int, _ b: Int) -> NodeSet {
        anteriorSet(of: NodeSet(capacity: nodeCount, members: [a, b])) - a - b
    }

    /// Walks from `a`, remembering for each node whether it was entered by an arrowhead, which decides at which
    /// edges it may be left: whether a walk or a path is asked for makes no difference in an ancestral graph.
    func isSeparated(_ a: Int, _ b: Int, given set: NodeSet) -> Bool {
        let open = ancestorSet(of: set)
        var enteredByArrow = NodeSet(capacity: nodeCount)
        var enteredByTail = enteredByArrow
        var frontier: [(node: Int, byArrow: Bool)] = [(a, false)]
        enteredByTail.insert(a)
        while let (v, byArrow) = frontier.popLast() {
            var next = NodeSet(capacity: nodeCount)
            if !set.contains(v) { next.formUnion(byArrow ? adjacent[v] - arrowsAt[v] : adjacent[v]) }
            if byArrow, open.contains(v) { next.formUnion(arrowsAt[v]) }
            if next.contains(b) { return false }
            let byArrowNext = (next & arrowsFrom[v]) - enteredByArrow
            let byTailNext = (next - arrowsFrom[v]) - enteredByTail
            enteredByArrow.formUnion(byArrowNext)
            enteredByTail.formUnion(byTailNext)
            for w in byArrowNext { frontier.append((w, true)) }
            for w in byTailNext { frontier.append((w, false)) }
        }
        return true
    }
}
