extension Orientation {
    /// R9: if `a o-> c`, and there is an uncovered potentially directed path `⟨a, b, …, c⟩` with b and c not adjacent,
    /// then `a --> c`.
    ///
    /// Were there an arrowhead at a, the path would leave a as `a --> b` and run, directed, to c.
    mutating func applyRule9(_ paths: inout UncoveredPaths) -> Bool {
        beginSweep(.rule9)
        for a in 0..<graph.nodeCount {
            for c in graph.circlesAt(a) & graph.arrowsFrom[a] {
                if mustEnd() { return endSweep() }
                let starts = unshielded(beyond: c, through: a, among: graph.potentialChildren(of: a))
                let goal = NodeSet(capacity: graph.nodeCount, members: [c])
                let isForced = starts.contains { first in
                    !paths.ends(from: a, by: first, among: goal, upTo: 1).isEmpty
                }
                if isForced { setMark(.tail, at: a, from: c) }
            }
        }
        return endSweep()
    }
}
