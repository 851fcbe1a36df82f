internal import WhenceDiscovery
public import WhenceExplanation

extension CausalGraph {
    /// The graph as GraphML; see `[CausalGraph].graphML()`.
    public func graphML() -> String { [self].graphML() }
}

extension [CausalGraph] {
    /// The graphs as GraphML: one `<graph>` element each.
    ///
    /// Edges are written once, causes first, and carry `mark_source` and `mark_target` (`tail`, `arrow`,
    /// `circle`), the same as text in `marks`, and `p_value`. The graphs are declared directed because an
    /// undirected reader may swap the ends, and with them the marks. Nodes carry `label`, `tokens` and
    /// whether they are the `target`. Identifiers are unique in the whole document.
    public func graphML() -> String {
        let keys = [
            ("graph", "head", "string"), ("graph", "status", "string"), ("node", "label", "string"),
            ("node", "tokens", "string"), ("node", "target", "boolean"), ("edge", "mark_source", "string"),
            ("edge", "mark_target", "string"), ("edge", "marks", "string"), ("edge", "p_value", "double"),
        ]
        return GraphMLText.document(
            keys: keys,
            graphs: map { $0.graphMLElement(prefix: count > 1 ? "\($0.head.identifier)_" : "") })
    }
}

extension CausalGraph {
    fileprivate func graphMLElement(prefix: String) -> [String] {
        let identifiers = NodeIdentifiers(self)
        return GraphMLText.graph(
            identifier: head.identifier,
            data: [("head", HeadWording.name(head)), ("status", status.description)],
            nodes: nodes.map { node in
                (
                    prefix + identifiers[node.index],
                    [
                        ("label", node.label),
                        ("tokens", node.tokens.map(String.init).joined(separator: " ")),
                        ("target", node.index == target ? "true" : "false"),
                    ]
                )
            },
            edges: edges.map { (OrientedEdge($0), EdgeTrust(pValue: $0.pValue)) })
    }
}

extension NamedGraph {
    /// The graph as GraphML, with the edges of `[CausalGraph].graphML()`.
    ///
    /// Nodes carry `label` and, where they are not observed, `role`; edges may carry `stability`, and the graph
    /// `alpha`.
    /// - Throws: `RenderingError.unwritable` for a name with a control character.
    func graphML() throws(RenderingError) -> String {
        try refuseControlCharacters(in: .graphml, except: "\t\n\r")
        let identifiers = NodeIdentifiers(labels: names) { $0.isIdentifier(allowing: ".-") }
        return GraphMLText.document(
            keys: [
                ("graph", "alpha", "double"), ("node", "label", "string"), ("node", "role", "string"),
                ("edge", "mark_source", "string"), ("edge", "mark_target", "string"),
                ("edge", "marks", "string"), ("edge", "p_value", "double"), ("edge", "stability", "double"),
            ],
            graphs: [
                GraphMLText.graph(
                    identifier: "graph", data: alpha.map { [("alpha", "\($0)")] } ?? [],
                    nodes: names.indices.map { node in
                        (
                            identifiers[node],
                            [("label", names[node])]
                                + (roles[node] == .observed ? [] : [("role", roles[node].rawValue)])
                        )
                    },
                    edges: trustedEdges.map { (OrientedEdge($0.edge), $0.trust) })
            ])
    }
}

/// The parts of a GraphML file that all our graphs share.
private enum GraphMLText {
    static func document(keys: [(element: String, name: String, type: String)], graphs: [[String]]) -> String
    {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"",
            "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            "    xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                + "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">",
        ]
        for (element, name, type) in keys {
            lines.append(
                "  <key id=\"\(name)\" for=\"\(element)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>")
        }
        lines += graphs.flatMap(\.self)
        lines.append("</graphml>")
        return lines.joined(separator: "\n") + "\n"
    }

    static func graph(
        identifier: String, data: [(String, String)], nodes: [(identifier: String, data: [(String, String)])],
        edges: [(OrientedEdge, EdgeTrust)]
    ) -> [String] {
        var lines = ["  <graph id=\"\(identifier)\" edgedefault=\"directed\">"]
        lines += data.map { "    " + element($0) }
        for node in nodes {
            lines.append("    <node id=\"\(node.identifier)\">")
            lines += node.data.map { "      " + element($0) }
            lines.append("    </node>")
        }
        for (edge, trust) in edges {
            let ends = [edge.source, edge.target].map { nodes[$0].identifier }
            var data = [
                ("mark_source", edge.markAtSource.rawValue), ("mark_target", edge.markAtTarget.rawValue),
                ("marks", edge.marks),
            ]
            if let pValue = trust.pValue { data.append(("p_value", "\(pValue)")) }
            if let stability = trust.stability { data.append(("stability", "\(stability)")) }
            lines.append("    <edge source=\"\(ends[0])\" target=\"\(ends[1])\">")
            lines += data.map { "      " + element($0) }
            lines.append("    </edge>")
        }
        return lines + ["  </graph>"]
    }

    private static func element(_ data: (key: String, value: String)) -> String {
        "<data key=\"\(data.key)\">\(data.value.xmlEscaped)</data>"
    }
}
