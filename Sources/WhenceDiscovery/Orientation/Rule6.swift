extension Orientation {
    /// R6: if `a --- b o-* c`, then `b --* c`.
    ///
    /// A node with an undirected edge is an ancestor of a selection variable, and so has no arrowhead.
    mutating func applyRule6() -> Bool {
        var hasChanged = false
        for b in 0..<graph.nodeCount where !(graph.tailsAt[b] & graph.tailsFrom[b]).isEmpty {
            for c in graph.circlesAt(b) {
                if mustEnd() { return hasChanged }
                graph.setMark(.tail, at: b, from: c)
                hasChanged = true
            }
        }
        return hasChanged
    }
}
