extension Orientation {
    /// R7: if `a --o b o-* c`, and a and c are not adjacent, then `b --* c`.
    ///
    /// The triple is no collider; were there an arrowhead at b from c, the edge from a would be `a --- b`, which
    /// forbids it.
    mutating func applyRule7() -> Bool {
        beginSweep(.rule7)
        for b in 0..<graph.nodeCount {
            for a in graph.circlesAt(b) & graph.tailsFrom[b] {
                if mustEnd() { return endSweep() }
                for c in unshielded(beyond: a, through: b, among: graph.circlesAt(b)) {
                    setMark(.tail, at: b, from: c)
                }
            }
        }
        return endSweep()
    }
}
