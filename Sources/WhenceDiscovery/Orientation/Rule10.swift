extension Orientation {
    /// R10: if `a o-> c`, `b --> c <-- d`, there are uncovered potentially directed paths p from a to b and q from a
    /// to d, and the nodes after a on p (perhaps b) and on q (perhaps d) are different and not adjacent, then
    /// `a --> c`.
    ///
    /// a is no collider between those two nodes, so one of the paths leaves a directed, and then runs to c.
    mutating func applyRule10(_ paths: inout UncoveredPaths) -> Bool {
        beginSweep(.rule10)
        for a in 0..<graph.nodeCount {
            if mustEnd() { return endSweep() }
            let starts = graph.potentialChildren(of: a)
            for c in graph.circlesAt(a) & graph.arrowsFrom[a] {
                let parents = graph.parents(of: c)
                guard parents.count > 1 else { continue }
                if mustEnd(after: graph.nodeCount) { return endSweep() }
                // Two ends of a path are as good as all of them.
                let ends = starts.map { paths.ends(from: a, by: $0, among: parents, upTo: 2) }
                let useful = zip(starts, ends).filter { !$1.isEmpty }
                let isForced = useful.contains { first, endsOfFirst in
                    useful.contains { second, endsOfSecond in
                        // Both paths exist; their ends are two nodes unless both can only end at the same one.
                        areUnshielded(first, a, second) && (endsOfFirst | endsOfSecond).count > 1
                    }
                }
                if isForced { setMark(.tail, at: a, from: c) }
            }
        }
        return endSweep()
    }
}
