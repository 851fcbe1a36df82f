internal import WhenceExplanation

/// The edges of several graphs over the same nodes, each counted once with the number of graphs that hold it.
struct EdgeTally {
    /// An edge and how many graphs have it with these marks.
    struct Entry: Hashable {
        var edge: OrientedEdge
        var count: Int
    }

    /// By nodes, then meaning: the order does not depend on that of the graphs.
    let entries: [Entry]
    /// How many graphs were counted.
    let graphCount: Int

    init(_ graphs: [CausalGraph]) {
        var counts: [OrientedEdge: Int] = [:]
        for edge in graphs.flatMap(\.edges) { counts[OrientedEdge(edge), default: 0] += 1 }
        entries = counts.map { Entry(edge: $0.key, count: $0.value) }.sorted { Self.key($0) < Self.key($1) }
        graphCount = graphs.count
    }

    private static func key(_ entry: Entry) -> (Int, Int, Int, Int) {
        let edge = entry.edge
        return (
            min(edge.source, edge.target), max(edge.source, edge.target), edge.meaning.rawValue, edge.source
        )
    }

    /// What links the node to others: the neighbours that most graphs agree on first, and for each neighbour
    /// the reading that most graphs agree on first.
    func around(_ node: Int) -> [(neighbour: Int, entries: [Entry])] {
        var byNeighbour: [Int: [Entry]] = [:]
        for entry in entries where entry.edge.source == node || entry.edge.target == node {
            byNeighbour[entry.edge.source == node ? entry.edge.target : entry.edge.source, default: []]
                .append(entry)
        }
        return byNeighbour.keys.sorted()
            .map { neighbour in
                let sorted = (byNeighbour[neighbour] ?? [])
                    .sorted { ($1.count, $0.edge.meaning) < ($0.count, $1.edge.meaning) }
                return (neighbour, sorted)
            }
            .sorted { first, second in
                let totals = [first, second].map { $0.entries.reduce(0) { $0 + $1.count } }
                return (totals[1], first.neighbour) < (totals[0], second.neighbour)
            }
    }
}
