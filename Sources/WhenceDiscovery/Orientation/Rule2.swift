extension Orientation {
    /// R2: if `a --> b *-> c` or `a *-> b --> c`, and `a *-o c`, then `a *-> c`.
    ///
    /// A tail at c would close a directed, or almost directed, cycle.
    mutating func applyRule2() -> Bool {
        var hasChanged = false
        for a in 0..<graph.nodeCount {
            for c in graph.circlesFrom(a) {
                if mustEnd(after: 4) { return hasChanged }
                let isForced =
                    !graph.children(of: a).isDisjoint(with: graph.arrowsAt[c])
                    || !graph.arrowsFrom[a].isDisjoint(with: graph.parents(of: c))
                guard isForced else { continue }
                graph.setMark(.arrow, at: c, from: a)
                hasChanged = true
            }
        }
        return hasChanged
    }
}
