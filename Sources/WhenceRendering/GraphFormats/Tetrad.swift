internal import WhenceDiscovery
public import WhenceExplanation

extension CausalGraph {
    /// The graph in the text form that Tetrad saves and loads, and that causal-learn reads.
    ///
    /// Names are safe identifiers (`t07_great`). The labels stand before the first section, where readers
    /// skip what they do not know; behind the edges older versions of Tetrad would take them for more edges.
    /// Edges are written once, causes first, so that a reader that knows only `-->` misreads none. A selection
    /// edge is written tail first: causal-learn 0.1.4 knows `--o` and drops `o--`.
    public func tetradText() -> String {
        let identifiers = NodeIdentifiers(self)
        return TetradWriter.text(
            labels: nodes.map { (identifiers[$0.index], TetradLabel.written($0.label)) },
            nodes: nodes.map { identifiers[$0.index] },
            edges: edges.map { edge in
                TetradWriter.line(of: OrientedEdge(edge)) { identifiers[$0] }
            })
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

/// Tetrad's text of a graph.
enum TetradWriter {
    /// The heading of the lines `identifier = label`, our own addition.
    static let labelHeading = "Node labels:"
    static let nodeHeading = "Graph Nodes:"
    static let edgeHeading = "Graph Edges:"

    /// A graph over names; those that Tetrad would split stand as labels of made-up identifiers.
    static func write(_ graph: NamedGraph) -> String {
        let identifiers = NodeIdentifiers(labels: graph.names, where: isSafe)
        let isNamed = graph.names.indices.allSatisfy { identifiers[$0] == graph.names[$0] }
        return text(
            labels: isNamed
                ? [] : graph.names.indices.map { (identifiers[$0], TetradLabel.written(graph.names[$0])) },
            nodes: graph.names.indices.map { node in
                switch graph.roles[node] {
                case .observed: identifiers[node]
                case .latent: "(\(identifiers[node]))"
                case .selection: "[\(identifiers[node])]"
                }
            },
            edges: graph.graph.edges.map { edge in line(of: OrientedEdge(edge)) { identifiers[$0] } })
    }

    /// The sections of a file.
    static func text(
        labels: [(identifier: String, label: String)], nodes: [String], edges: [String]
    ) -> String {
        var lines: [String] = []
        if !labels.isEmpty {
            lines = [labelHeading] + labels.map { "\($0.identifier) = \($0.label)" } + [""]
        }
        lines += [nodeHeading, nodes.joined(separator: ";"), "", edgeHeading]
        lines += edges.enumerated().map { "\($0.offset + 1). \($0.element)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// An edge, such as `X1 o-> X2`.
    static func line(of edge: OrientedEdge, name: (Int) -> String) -> String {
        if edge.meaning == .possibleSelection {
            return "\(name(edge.target)) --o \(name(edge.source))"
        }
        return "\(name(edge.source)) \(edge.marks) \(name(edge.target))"
    }

    /// Whether Tetrad and causal-learn read the name as it is.
    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && !name.joinsWhatStandsBefore
            && name.unicodeScalars.allSatisfy { scalar in
                !scalar.isUnsafeToShow && !scalar.properties.isWhitespace
                    && !"()[]{},;:=\"'".unicodeScalars.contains(scalar)
            }
    }
}
