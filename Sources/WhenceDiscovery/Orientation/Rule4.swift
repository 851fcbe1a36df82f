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
            for c in graph.circlesAt(b) {
                for a in graph.parents(of: c) & graph.arrowsFrom[b] {
                    if mustEnd(after: graph.nodeCount) { return endSweep() }
                    let ends = discriminatingPathEnds(a, b, c)
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

    /// The ends t of the shortest discriminating paths `⟨t, …, a, b, c⟩`.
    ///
    /// Breadth first, backwards from a. A node may be passed when it is a parent of c and joined to its successor
    /// by `<->`; that does not depend on how the successor was reached, so each node is visited once, and a
    /// shortest walk meets none twice.
    /// - Complexity: O(nodes) set operations.
    private func discriminatingPathEnds(_ a: Int, _ b: Int, _ c: Int) -> NodeSet {
        let none = NodeSet(capacity: graph.nodeCount)
        var unvisited = graph.parents(of: c)
        unvisited.remove(a)
        unvisited.remove(b)
        var layer = none | a
        while !layer.isEmpty {
            var (before, next) = (none, none)
            for node in layer {
                before.formUnion(graph.arrowsAt[node])
                next.formUnion(graph.arrowsAt[node], within: graph.arrowsFrom[node])
            }
            before.subtract(graph.adjacent[c])
            before.remove(c)
            before.remove(b)
            if !before.isEmpty { return before }
            next.formIntersection(unvisited)
            unvisited.subtract(next)
            layer = next
        }
        return none
    }
}
