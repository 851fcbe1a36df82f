internal import WhenceDiscovery
public import WhenceExplanation

extension CausalGraph {
    /// The graph for Graphviz; see `[CausalGraph].dot()`.
    public func dot() -> String { [self].dot() }
}

extension [CausalGraph] {
    /// The graphs for Graphviz: one `digraph`, in which several graphs are clusters named after their heads.
    ///
    /// Every edge is written once, causes first, with `dir=both`: `arrowtail` is the mark at the source and
    /// `arrowhead` the mark at the target, each `none`, `normal` or `odot`. Identifiers are safe ASCII
    /// (`t07_great`, behind `head3_` where there are several graphs); labels are apart. A cluster explains
    /// the marks that occur.
    public func dot() -> String {
        var lines = [
            "digraph whence {",
            "  graph [rankdir=TB, fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, compound=true];",
            "  node [shape=box, style=rounded, fontname=\"Helvetica,Arial,sans-serif\", fontsize=12];",
            "  edge [dir=both, arrowsize=0.8, color=\"#3b4a5a\", fontname=\"Helvetica,Arial,sans-serif\"];",
        ]
        for graph in self {
            lines += count > 1 ? graph.dotCluster : graph.dotBody(prefix: "", indent: "  ")
        }
        lines += Self.dotLegend(of: self)
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func dotLegend(of graphs: [CausalGraph]) -> [String] {
        let meanings = Set(graphs.flatMap { $0.edges.map { OrientedEdge($0).meaning } }).sorted()
        guard !meanings.isEmpty else { return [] }
        var lines = [
            "  subgraph cluster_legend {",
            "    label=\"how to read the marks\"; style=dashed; color=\"#999999\"; fontsize=10;",
            "    node [shape=plaintext, style=\"\", fontsize=10];",
        ]
        for (index, meaning) in meanings.enumerated() {
            // Each row is a rank of its own, held below the one before it by an edge that is not drawn.
            let (a, b) = ("legend\(index)a", "legend\(index)b")
            let text = "A \(meaning.predicate(of: .source, other: "B"))".dotQuoted
            lines.append("    { rank=same; \(a) [label=\"A\"]; \(b) [label=\"B\"]; }")
            lines.append("    \(a) -> \(b) [\(meaning.dotAttributes), label=\(text), fontsize=10];")
            if index > 0 { lines.append("    legend\(index - 1)a -> \(a) [style=invis];") }
        }
        return lines + ["  }"]
    }
}

extension CausalGraph {
    fileprivate var dotCluster: [String] {
        let title = HeadWording.name(head).dotQuoted
        return ["  subgraph cluster_\(head.identifier) {", "    label=\(title); color=\"#999999\";"]
            + dotBody(prefix: "\(head.identifier)_", indent: "    ") + ["  }"]
    }

    fileprivate func dotBody(prefix: String, indent: String) -> [String] {
        let identifiers = NodeIdentifiers(self)
        let nodeLines = nodes.map { node in
            let emphasis = node.index == target ? ", peripheries=2" : ""
            return "\(indent)\(prefix)\(identifiers[node.index]) [label=\(node.label.dotQuoted)\(emphasis)];"
        }
        let edgeLines = edges.map { edge in
            let oriented = OrientedEdge(edge)
            let ends = [oriented.source, oriented.target].map { prefix + identifiers[$0] }
            return "\(indent)\(ends[0]) -> \(ends[1]) [\(oriented.meaning.dotAttributes)];"
        }
        return nodeLines + edgeLines
    }
}

extension EdgeMeaning {
    /// Marks and line as DOT attributes. Every meaning has one pair of marks, source first.
    fileprivate var dotAttributes: String {
        let (tail, head) =
            switch self {
            case .cause: ("none", "normal")
            case .possibleCause: ("odot", "normal")
            case .hiddenCommonCause: ("normal", "normal")
            case .unknown: ("odot", "odot")
            case .possibleSelection: ("odot", "none")
            case .selection: ("none", "none")
            }
        let line = self == .hiddenCommonCause ? ", style=dashed, color=\"#b5500b\"" : ""
        return "dir=both, arrowtail=\(tail), arrowhead=\(head)\(line)"
    }
}

extension String {
    /// A quoted DOT string that shows exactly this text: Graphviz expands backslash escapes and HTML entities
    /// in labels, and has no way to hold control characters.
    fileprivate var dotQuoted: String {
        var output = "\""
        for scalar in visibleLabel.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "&": output += "&amp;"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
