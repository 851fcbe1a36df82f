extension Orientation {
    /// R1: if `a *-> b o-* c`, and a and c are not adjacent, then `b --> c`.
    ///
    /// The triple is no collider, or R0 had made it one.
    mutating func applyRule1() -> Bool {
        var hasChanged = false
        for b in 0..<graph.nodeCount {
            for a in graph.arrowsAt[b] {
                if mustEnd() { return hasChanged }
                for c in graph.unshielded(beyond: a, among: graph.circlesAt(b)) {
                    graph.setMark(.tail, at: b, from: c)
                    graph.setMark(.arrow, at: c, from: b)
                    hasChanged = true
                }
            }
        }
        return hasChanged
    }
}
