extension Orientation {
    /// R3: if `a *-> b <-* c`, `a *-o d o-* c`, a and c are not adjacent, and `d *-o b`, then `d *-> b`.
    ///
    /// Were d caused by b, then d, which is no collider between a and c, would lead back to one of them.
    mutating func applyRule3() -> Bool {
        var hasChanged = false
        for b in 0..<graph.nodeCount {
            for d in graph.circlesAt(b) {
                if mustEnd(after: 8) { return hasChanged }
                guard graph.hasNonadjacentPair(graph.arrowsAt[b] & graph.circlesAt(d)) else { continue }
                graph.setMark(.arrow, at: b, from: d)
                hasChanged = true
            }
        }
        return hasChanged
    }
}
