/// The edges that lie on a closed uncovered walk of circle edges `o-o`, for R5.
///
/// A walk goes on from the ordered step `u → v` to `v → w` when u and w are not adjacent. So an edge is on a closed
/// one exactly when its step lies, with others, in a strongly connected component of the graph whose nodes are the
/// ordered steps. Both directions of an edge do or do not, since walks can be read backwards.
/// - Note: Kosaraju's algorithm (Sharir 1981, *A strong-connectivity algorithm and its applications in data flow
///   analysis*): the steps in the order in which a depth-first search leaves them, then, last first, what each
///   reaches backwards.
struct UncoveredCircleCycles {
    /// Row u: every v whose edge to u is on a closed walk.
    private var rows: [NodeSet]

    /// - Complexity: O(edges) set operations, and O(nodes²) memory.
    init(_ orientation: Orientation) {
        let graph = orientation.graph
        let circles = (0..<graph.nodeCount).map(graph.circleNeighbours)
        rows = [NodeSet](repeating: NodeSet(capacity: graph.nodeCount), count: graph.nodeCount)
        let left = Self.stepsAsLeft(orientation, circles)
        var unvisited = circles
        for (from, to) in left.reversed() where unvisited[from].contains(to) {
            unvisited[from].remove(to)
            var component = [(from, to)]
            var position = 0
            while position < component.count {
                if orientation.mustEnd(after: 4) { return }
                let (v, w) = component[position]
                position += 1
                // What comes before v → w is u → v, that is w → v → u read backwards.
                for u in orientation.unshielded(beyond: w, through: v, among: circles[v])
                where unvisited[u].contains(v) {
                    unvisited[u].remove(v)
                    component.append((u, v))
                }
            }
            guard component.count > 1 else { continue }
            for (u, v) in component { rows[u].insert(v) }
        }
    }

    /// Whether the edge between two nodes is on a closed walk.
    func contain(_ a: Int, _ b: Int) -> Bool { rows[a].contains(b) }

    /// All steps in the order in which a depth-first search leaves them.
    private static func stepsAsLeft(_ orientation: Orientation, _ circles: [NodeSet]) -> [(Int, Int)] {
        var unvisited = circles
        var left: [(Int, Int)] = []
        for start in circles.indices {
            while let first = unvisited[start].first {
                unvisited[start].remove(first)
                var path = [(start, first)]
                while let (u, v) = path.last {
                    if orientation.mustEnd(after: 4) { return left }
                    if let w = orientation.unshielded(beyond: u, through: v, among: unvisited[v]).first {
                        unvisited[v].remove(w)
                        path.append((v, w))
                    } else {
                        left.append((u, v))
                        path.removeLast()
                    }
                }
            }
        }
        return left
    }
}
