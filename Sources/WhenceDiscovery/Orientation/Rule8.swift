extension Orientation {
    /// R8: if `a --> b --> c` or `a --o b --> c`, and `a o-> c`, then `a --> c`.
    mutating func applyRule8() -> Bool {
        beginSweep(.rule8)
        for a in 0..<graph.nodeCount {
            let between = graph.tailsAt[a] - graph.tailsFrom[a]
            for c in graph.circlesAt(a) & graph.arrowsFrom[a] {
                if mustEnd() { return endSweep() }
                if !between.isDisjoint(with: graph.parents(of: c)) { setMark(.tail, at: a, from: c) }
            }
        }
        return endSweep()
    }
}
