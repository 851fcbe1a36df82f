extension Orientation {
    /// R4: if `⟨t, …, a, b, c⟩` is a discriminating path for b, and `b o-* c`: when b is in the separating set of t
    /// and c, then `b --> c`, otherwise `a <-> b <-> c`.
    ///
    /// On a *discriminating path for b*, t and c are not adjacent, and every node between t and b is a collider on
    /// the path and a parent of c.
    mutating func applyRule4() -> Bool {
        var hasChanged = false
        for b in 0..<graph.nodeCount {
            for c in graph.circlesAt(b) {
                for a in graph.parents(of: c) & graph.arrowsFrom[b] {
                    if mustEnd(after: graph.nodeCount) { return hasChanged }
                    guard let end = discriminatingPathEnd(a, b, c),
                        let isSeparator = separators.separator(of: end, c, contains: b)
                    else { continue }
                    if isSeparator {
                        graph.setMark(.tail, at: b, from: c)
                    } else {
                        graph.setMark(.arrow, at: a, from: b)
                        graph.setMark(.arrow, at: b, from: a)
                        graph.setMark(.arrow, at: b, from: c)
                    }
                    graph.setMark(.arrow, at: c, from: b)
                    hasChanged = true
                    break
                }
            }
        }
        return hasChanged
    }

    /// The end t of a shortest discriminating path `⟨t, …, a, b, c⟩`; of several, the smallest node.
    ///
    /// Breadth first, backwards from a. A node may be passed when it is a parent of c and joined to its successor
    /// by `<->`; that does not depend on how the successor was reached, so each node is visited once, and a
    /// shortest walk meets none twice.
    /// - Complexity: O(nodes) set operations.
    private func discriminatingPathEnd(_ a: Int, _ b: Int, _ c: Int) -> Int? {
        let middle = graph.parents(of: c) - b
        let ends = NodeSet(allOf: graph.nodeCount) - graph.adjacent[c] - c - b
        var passed = NodeSet(capacity: graph.nodeCount, members: [a])
        var layer = passed
        while !layer.isEmpty {
            var (before, next) = (passed - passed, passed - passed)
            for node in layer {
                before.formUnion(graph.arrowsAt[node])
                next.formUnion(graph.spouses(of: node))
            }
            if let end = (before & ends).first { return end }
            layer = (next & middle) - passed
            passed.formUnion(layer)
        }
        return nil
    }
}
