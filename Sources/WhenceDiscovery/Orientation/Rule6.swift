extension Orientation {
    /// R6: if `a --- b o-* c`, then `b --* c`.
    ///
    /// A node with an undirected edge is an ancestor of a selection variable, and so has no arrowhead.
    mutating func applyRule6() -> Bool {
        beginSweep(.rule6)
        for b in 0..<graph.nodeCount where !graph.tailsAt[b].isDisjoint(with: graph.tailsFrom[b]) {
            for c in graph.circlesAt(b) {
                if mustEnd() { return endSweep() }
                setMark(.tail, at: b, from: c)
            }
        }
        return endSweep()
    }
}
