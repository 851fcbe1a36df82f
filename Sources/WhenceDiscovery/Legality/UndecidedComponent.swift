/// A graph's undecided edges (`o-o`, or the undirected ones of a CPDAG), and how to direct all of them without a
/// new unshielded collider.
///
/// Maximum cardinality search visits nodes so that, in a chordal graph, those visited earlier and adjacent to a node
/// are adjacent to each other; directing every edge away from its earlier end then makes no unshielded collider
/// and no cycle. Elsewhere some node has two earlier neighbours without an edge, and no such direction exists.
/// - Note: Tarjan and Yannakakis 1984, *Simple linear-time algorithms to test chordality of graphs*, SIAM J. Comput. 13.
struct UndecidedComponent {
    /// Row v: the nodes joined to v by an undecided edge.
    private let neighbours: [NodeSet]
    /// Every node's place in the search.
    private let place: [Int]

    init(_ neighbours: [NodeSet]) {
        self.neighbours = neighbours
        var place = [Int](repeating: -1, count: neighbours.count)
        var weight = [Int](repeating: 0, count: neighbours.count)
        for step in neighbours.indices {
            var best = -1
            for node in neighbours.indices where place[node] < 0 && (best < 0 || weight[node] > weight[best])
            {
                best = node
            }
            place[best] = step
            for other in neighbours[best] { weight[other] += 1 }
        }
        self.place = place
    }

    /// The edges, each as (earlier, later).
    var directed: [(from: Int, to: Int)] {
        neighbours.indices.flatMap { node in
            neighbours[node].filter { place[$0] > place[node] }.map { (node, $0) }
        }
    }

    /// A violation for each node with two earlier neighbours that no undecided edge joins.
    var violations: [GraphViolation] {
        neighbours.indices.compactMap { node in
            let earlier = neighbours[node].filter { place[$0] < place[node] }
            for first in earlier {
                for second in earlier where second > first && !neighbours[first].contains(second) {
                    return GraphViolation(.chordlessCycle, nodes: [first, node, second])
                }
            }
            return nil
        }
    }
}
