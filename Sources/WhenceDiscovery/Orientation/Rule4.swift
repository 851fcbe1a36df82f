extension Orientation {
    /// R4: if `⟨t, …, a, b, c⟩` is a discriminating path for b, and `b o-* c`: when b is in the separating set of t
    /// and c, then `b --> c`, otherwise `a <-> b <-> c`.
    ///
    /// On a *discriminating path for b*, t and c are not adjacent, and every node between t and b is a collider on
    /// the path and a parent of c. Of the shortest paths through an a, a sweep hears the one whose end is the smallest
    /// node, and settles on the first a that decides; a round hears all.
    mutating func applyRule4() -> Bool {
        beginSweep(.rule4)
        for b in 0..<graph.nodeCount {
            // A path to an earlier c may have drawn an arrowhead here.
            for c in graph.circlesAt(b) where graph.circlesAt(b).contains(c) {
                for a in graph.parents(of: c) & graph.arrowsFrom[b] {
                    if mustEnd(after: graph.nodeCount) { return endSweep() }
                    let ends = DiscriminatingPaths(graph, a, b, c).ends
                    switch schedule {
                    case .sweeps:
                        guard let end = ends.first, orient(a, b, c, from: end) else { continue }
                    case .rounds:
                        for end in ends { _ = orient(a, b, c, from: end) }
                        continue
                    }
                    break
                }
            }
        }
        return endSweep()
    }

    /// Orients the end of a discriminating path; false when the separating sets do not decide.
    private mutating func orient(_ a: Int, _ b: Int, _ c: Int, from end: Int) -> Bool {
        guard let isSeparator = separators.separator(of: end, c, contains: b) else { return false }
        if isSeparator {
            setMark(.tail, at: b, from: c)
        } else {
            setMark(.arrow, at: a, from: b)
            setMark(.arrow, at: b, from: a)
            setMark(.arrow, at: b, from: c)
        }
        setMark(.arrow, at: c, from: b)
        return true
    }
}
