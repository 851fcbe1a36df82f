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
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"",
            "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"",
            "    xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
                + "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">",
        ]
        for (element, name, type) in [
            ("graph", "head", "string"), ("graph", "status", "string"), ("node", "label", "string"),
            ("node", "tokens", "string"), ("node", "target", "boolean"), ("edge", "mark_source", "string"),
            ("edge", "mark_target", "string"), ("edge", "marks", "string"), ("edge", "p_value", "double"),
        ] {
            lines.append(
                "  <key id=\"\(name)\" for=\"\(element)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>")
        }
        for graph in self {
            lines += graph.graphMLElement(prefix: count > 1 ? "\(graph.head.identifier)_" : "")
        }
        lines.append("</graphml>")
        return lines.joined(separator: "\n") + "\n"
    }
}

extension CausalGraph {
    fileprivate func graphMLElement(prefix: String) -> [String] {
        let identifiers = NodeIdentifiers(self)
        var lines = [
            "  <graph id=\"\(head.identifier)\" edgedefault=\"directed\">",
            "    " + Self.data("head", HeadWording.name(head)),
            "    " + Self.data("status", status.description),
        ]
        for node in nodes {
            lines.append("    <node id=\"\(prefix)\(identifiers[node.index])\">")
            lines.append("      " + Self.data("label", node.label))
            lines.append("      " + Self.data("tokens", node.tokens.map(String.init).joined(separator: " ")))
            lines.append("      " + Self.data("target", node.index == target ? "true" : "false"))
            lines.append("    </node>")
        }
        for edge in edges {
            let oriented = OrientedEdge(edge)
            let ends = [oriented.source, oriented.target].map { prefix + identifiers[$0] }
            lines.append("    <edge source=\"\(ends[0])\" target=\"\(ends[1])\">")
            lines.append("      " + Self.data("mark_source", oriented.markAtSource.rawValue))
            lines.append("      " + Self.data("mark_target", oriented.markAtTarget.rawValue))
            lines.append("      " + Self.data("marks", oriented.marks))
            lines.append("      " + Self.data("p_value", "\(edge.pValue)"))
            lines.append("    </edge>")
        }
        return lines + ["  </graph>"]
    }

    private static func data(_ key: String, _ value: String) -> String {
        "<data key=\"\(key)\">\(value.xmlEscaped)</data>"
    }
}
