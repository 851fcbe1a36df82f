public import WhenceExplanation

extension CausalGraph {
    /// The graph in the text form that Tetrad saves and loads, and that causal-learn reads.
    ///
    /// Names are safe identifiers (`t07_great`). The labels stand before the first section, where readers
    /// skip what they do not know; behind the edges older versions of Tetrad would take them for more edges.
    /// Edges are written once, causes first, so that a reader that knows only `-->` misreads none.
    /// - Note: Selection edges `o--` are written too; causal-learn 0.1.4 has no code for them and drops them.
    public func tetradText() -> String {
        let identifiers = NodeIdentifiers(self)
        var lines = ["Node labels:"]
        lines += nodes.map { "\(identifiers[$0.index]) = \($0.label.visibleLabel)" }
        lines += ["", "Graph Nodes:", nodes.map { identifiers[$0.index] }.joined(separator: ";")]
        lines += ["", "Graph Edges:"]
        for (index, edge) in edges.map(OrientedEdge.init).enumerated() {
            lines.append(
                "\(index + 1). \(identifiers[edge.source]) \(edge.marks) \(identifiers[edge.target])")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension [CausalGraph] {
    /// The only graph in Tetrad's text form, which holds one.
    ///
    /// - Throws: `RenderingError.severalGraphs` or `RenderingError.noGraph`.
    public func tetradText() throws(RenderingError) -> String {
        guard let graph = first else { throw .noGraph(format: .tetrad) }
        guard count == 1 else { throw .severalGraphs(format: .tetrad, heads: map(\.head)) }
        return graph.tetradText()
    }
}
