extension Orientation {
    /// R3: if `a *-> b <-* c`, `a *-o d o-* c`, a and c are not adjacent, and `d *-o b`, then `d *-> b`.
    ///
    /// Were d caused by b, then d, which is no collider between a and c, would lead back to one of them.
    mutating func applyRule3() -> Bool {
        beginSweep(.rule3)
        for b in 0..<graph.nodeCount where work.rule3.take(b) {
            for d in graph.circlesAt(b) {
                if mustEnd(after: 8) { return endSweep() }
                guard hasUnshieldedPair(graph.arrowsAt[b] & graph.circlesAt(d), through: d) else { continue }
                setMark(.arrow, at: b, from: d)
            }
        }
        return endSweep()
    }
}
