extension Orientation {
    /// R5: if `a o-o b`, and there is an uncovered circle path `⟨a, x, …, y, b⟩` with a and y not adjacent and b and
    /// x not adjacent, then `a --- b`, and so is every edge of the path.
    ///
    /// An arrowhead anywhere on that cycle without unshielded colliders would run around it. A sweep takes a shortest
    /// path for each edge, and goes on without its edges; a round takes every edge of every such cycle.
    mutating func applyRule5() -> Bool {
        beginSweep(.rule5)
        let cycles = UncoveredCircleCycles(self)
        for a in 0..<graph.nodeCount {
            for b in graph.circleNeighbours(of: a) where b > a && cycles.contain(a, b) {
                if mustEnd() { return endSweep() }
                switch schedule {
                case .sweeps:
                    guard let path = uncoveredCirclePath(a, b) else { continue }
                    for (u, v) in zip(path + [a], [a] + path) where u != v { setUndirected(u, v) }
                case .rounds: setUndirected(a, b)
                }
            }
        }
        return endSweep()
    }

    private mutating func setUndirected(_ u: Int, _ v: Int) {
        setMark(.tail, at: u, from: v)
        setMark(.tail, at: v, from: u)
    }

    /// The nodes of a shortest uncovered circle path from a to b that closes an uncovered cycle with the edge
    /// between them.
    ///
    /// Breadth first over ordered steps `u → v`, for whether a path may go on to w depends on u: u and w must not be
    /// adjacent. The shortest such walk might pass a node twice; that does no harm, because the argument for the
    /// rule, an arrowhead that runs around the cycle, holds for closed walks word for word.
    /// - Complexity: O(nodes²) set operations.
    private func uncoveredCirclePath(_ a: Int, _ b: Int) -> [Int]? {
        let n = graph.nodeCount
        let starts = unshielded(beyond: b, through: a, among: graph.circleNeighbours(of: a))
        let ends = unshielded(beyond: a, through: b, among: graph.circleNeighbours(of: b))
        // Nearly all shortest paths have two middle nodes: those are the first that the search below would meet.
        for x in starts {
            let next = unshielded(beyond: a, through: x, among: graph.circleNeighbours(of: x)) & ends
            if let y = next.first(where: { areUnshielded(x, $0, b) }) { return [a, x, y, b] }
        }
        var stepsFrom = [NodeSet](repeating: NodeSet(capacity: n), count: n)
        var steps: [(from: Int, to: Int, previous: Int)] = starts.map { (a, $0, -1) }
        var position = 0
        while position < steps.count {
            if mustEnd(after: 4) { return nil }
            let (u, v, _) = steps[position]
            let targets = unshielded(beyond: u, through: v, among: graph.circleNeighbours(of: v)) - a
            if ends.contains(v), targets.contains(b) {
                var path = [b]
                var place = position
                while place >= 0 {
                    path.append(steps[place].to)
                    place = steps[place].previous
                }
                return (path + [a]).reversed()
            }
            let new = targets - b - stepsFrom[v]
            stepsFrom[v].formUnion(new)
            for w in new { steps.append((v, w, position)) }
            position += 1
        }
        return nil
    }
}
