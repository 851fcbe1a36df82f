internal import WhenceDiscovery

/// pcalg's matrix of type `amat.cpdag` (its manual, *amatType*): entry (a, b) is 1 for an arrowhead **at a**,
/// and `amat[a, b] = amat[b, a] = 1` is a --- b. `amat[b, a] = 1` with `amat[a, b] = 0` is a --> b.
enum PatternMatrix {
    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        try graph(MatrixTable(text, from: path))
    }

    static func graph(_ table: MatrixTable) throws(RenderingError) -> NamedGraph {
        var assembly = try table.assembly()
        for a in table.rows.indices {
            for b in a + 1..<table.rows.count {
                let place = table.place(a, b)
                switch (table.rows[a][b], table.rows[b][a]) {
                case (0, 0): break
                case (0, 1): try assembly.connect(a, .tail, .arrow, b, at: place)
                case (1, 0): try assembly.connect(a, .arrow, .tail, b, at: place)
                case (1, 1): try assembly.connect(a, .tail, .tail, b, at: place)
                case (let forth, let back): throw place.error("\(forth) and \(back); expected 0 and 1")
                }
            }
        }
        return try assembly.finished()
    }

    static func write(_ graph: NamedGraph) throws(RenderingError) -> String {
        for edge in graph.graph.edges {
            guard [.cause, .selection].contains(OrientedEdge(edge).meaning) else {
                throw .unwritable(
                    format: .pcalgCPDAG,
                    problem:
                        "\(graph.names[edge.a].quoted()) \(edge.marks) \(graph.names[edge.b].quoted()) is neither "
                        + "--> nor ---; pcalg can hold it")
            }
        }
        return try graph.matrix(as: .pcalgCPDAG, hasRowNames: true) { a, b in
            guard let mark = graph.graph.mark(at: a, from: b) else { return 0 }
            return mark == .arrow || graph.graph.mark(at: b, from: a) == .tail ? 1 : 0
        }
    }
}
