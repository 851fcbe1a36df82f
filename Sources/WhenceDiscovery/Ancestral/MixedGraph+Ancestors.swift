extension MixedGraph {
    /// The nodes from which a directed path `--> … -->` leads to `node`, without `node` itself unless it lies on a
    /// directed cycle.
    ///
    /// - Complexity: O(edges).
    public func ancestors(of node: Int) -> [Int] {
        var found = NodeSet(capacity: nodeCount)
        var frontier = [node]
        while let v = frontier.popLast() {
            let new = parents(of: v) - found
            found.formUnion(new)
            frontier.append(contentsOf: new)
        }
        return Array(found)
    }

    /// The nodes themselves and their ancestors.
    func ancestorSet(of nodes: NodeSet) -> NodeSet { closure(of: nodes) { parents(of: $0) } }

    /// The nodes themselves and those *anterior* to them: from which a path of edges `---` and `-->` leads there.
    ///
    /// Richardson and Spirtes 2002, §3.1.
    func anteriorSet(of nodes: NodeSet) -> NodeSet {
        closure(of: nodes) { tailsFrom[$0] & (arrowsAt[$0] | tailsAt[$0]) }
    }

    private func closure(of nodes: NodeSet, under step: (Int) -> NodeSet) -> NodeSet {
        var found = nodes
        var frontier = Array(nodes)
        while let v = frontier.popLast() {
            let new = step(v) - found
            found.formUnion(new)
            frontier.append(contentsOf: new)
        }
        return found
    }
}
