extension Orientation {
    /// R0: an unshielded triple `a *-* b *-* c` with b not in the separating set of a and c becomes
    /// `a *-> b <-* c`.
    ///
    /// All triples are judged on the skeleton, and arrowheads are only added: two overlapping colliders make the
    /// edge between their middles `<->`, whatever the order.
    mutating func applyRule0() {
        let skeleton = graph
        for b in 0..<skeleton.nodeCount {
            for a in skeleton.adjacent[b] {
                if mustEnd(after: 8) { return }
                for c in skeleton.unshielded(beyond: a, among: skeleton.adjacent[b]) where c > a {
                    guard separators.separator(of: a, c, contains: b) == false else { continue }
                    graph.setMark(.arrow, at: b, from: a)
                    graph.setMark(.arrow, at: b, from: c)
                }
            }
        }
    }
}
