extension Orientation {
    /// R1: if `a *-> b o-* c`, and a and c are not adjacent, then `b --> c`.
    ///
    /// The triple is no collider, or R0 had made it one.
    mutating func applyRule1() -> Bool {
        beginSweep(.rule1)
        for b in 0..<graph.nodeCount where work.rule1.take(b) {
            var circles = graph.circlesAt(b)
            for a in graph.arrowsAt[b] {
                if mustEnd() { return endSweep() }
                let beyond = unshielded(beyond: a, through: b, among: circles)
                for c in beyond {
                    setMark(.tail, at: b, from: c)
                    setMark(.arrow, at: c, from: b)
                }
                circles.subtract(beyond)
            }
        }
        return endSweep()
    }
}
