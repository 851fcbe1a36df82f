extension Orientation {
    /// R2: if `a --> b *-> c` or `a *-> b --> c`, and `a *-o c`, then `a *-> c`.
    ///
    /// A tail at c would close a directed, or almost directed, cycle.
    mutating func applyRule2() -> Bool {
        beginSweep(.rule2)
        for a in 0..<graph.nodeCount where work.rule2.take(a) {
            for c in graph.circlesFrom(a) {
                if mustEnd(after: 4) { return endSweep() }
                let isForced =
                    !graph.children(of: a).isDisjoint(with: graph.arrowsAt[c])
                    || !graph.arrowsFrom[a].isDisjoint(with: graph.parents(of: c))
                if isForced { setMark(.arrow, at: c, from: a) }
            }
        }
        return endSweep()
    }
}
