extension Orientation {
    /// R0: an unshielded triple `a *-* b *-* c` with b not in the separating set of a and c becomes
    /// `a *-> b <-* c`.
    ///
    /// All triples are judged on the skeleton, and arrowheads are only added: two overlapping colliders make the
    /// edge between their middles `<->`, whatever the order. So marks are drawn at once, and triples with the same
    /// ends are judged together.
    mutating func applyRule0() {
        beginSweep(.rule0)
        for a in 0..<graph.nodeCount {
            for c in secondNeighbours(of: a) where c > a {
                if mustEnd(after: 3) { return }
                guard let separator = separators[a, c] else { continue }
                var middles = graph.adjacent[a]
                middles.formIntersection(graph.adjacent[c])
                for node in separator.set { middles.remove(node) }
                for node in separators.disputed(a, c) { middles.remove(node) }
                for end in [a, c] {
                    for b in middles - graph.arrowsFrom[end] { draw(.arrow, at: b, from: end) }
                }
            }
        }
    }

    /// The other ends of the unshielded triples that start at a node.
    private func secondNeighbours(of node: Int) -> NodeSet {
        var result = NodeSet(capacity: graph.nodeCount)
        for neighbour in graph.adjacent[node] { result.formUnion(graph.adjacent[neighbour]) }
        result.subtract(graph.adjacent[node])
        result.remove(node)
        return result
    }
}
