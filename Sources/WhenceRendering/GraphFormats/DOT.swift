internal import WhenceDiscovery
public import WhenceExplanation

extension CausalGraph {
    /// The graph for Graphviz; see `[CausalGraph].dot(alpha:)`.
    public func dot(alpha: Double? = nil) -> String { [self].dot(alpha: alpha) }
}

extension [CausalGraph] {
    /// The graphs for Graphviz: one `digraph`, in which several graphs are clusters named after their heads.
    ///
    /// Every edge is written once, causes first, with `dir=both`: `arrowtail` is the mark at the source and
    /// `arrowhead` the mark at the target, each `none`, `normal` or `odot`. Identifiers are safe ASCII
    /// (`t07_great`, behind `head3_` where there are several graphs); labels are apart. A cluster explains
    /// the marks that occur.
    /// - Parameter alpha: significance level of the tests. With it, lines are the wider the further an edge's
    ///   p-value is from it; without it, all are equally wide.
    public func dot(alpha: Double? = nil) -> String {
        var lines = DOTText.opening
        for graph in self {
            lines +=
                count > 1
                ? graph.dotCluster(alpha: alpha) : graph.dotBody(prefix: "", indent: "  ", alpha: alpha)
        }
        let meanings = flatMap { $0.edges.map { OrientedEdge($0).meaning } }
        lines += DOTText.legend(
            of: meanings, widths: alpha == nil ? nil : EdgeTrust.legend(hasStability: false))
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }
}

extension CausalGraph {
    fileprivate func dotCluster(alpha: Double?) -> [String] {
        let title = HeadWording.name(head).dotQuoted
        return ["  subgraph cluster_\(head.identifier) {", "    label=\(title); color=\"#999999\";"]
            + dotBody(prefix: "\(head.identifier)_", indent: "    ", alpha: alpha) + ["  }"]
    }

    fileprivate func dotBody(prefix: String, indent: String, alpha: Double?) -> [String] {
        let identifiers = NodeIdentifiers(self)
        let nodeLines = nodes.map { node in
            let emphasis = node.index == target ? ", peripheries=2" : ""
            return "\(indent)\(prefix)\(identifiers[node.index]) [label=\(node.label.dotQuoted)\(emphasis)];"
        }
        let edgeLines = edges.map { edge in
            indent
                + DOTText.edge(OrientedEdge(edge), width: EdgeTrust(pValue: edge.pValue).width(alpha: alpha))
            {
                prefix + identifiers[$0]
            }
        }
        return nodeLines + edgeLines
    }
}

/// The parts of a DOT file that all our graphs share.
enum DOTText {
    /// The first lines, before any node.
    static let opening = [
        "digraph whence {",
        "  graph [rankdir=TB, fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, compound=true];",
        "  node [shape=box, style=rounded, fontname=\"Helvetica,Arial,sans-serif\", fontsize=12];",
        "  edge [dir=both, arrowsize=0.8, color=\"#3b4a5a\", fontname=\"Helvetica,Arial,sans-serif\"];",
    ]

    /// An edge with its marks, its width where trust is known, and what else is said of it.
    static func edge(
        _ edge: OrientedEdge, width: Double?, more: String = "", name: (Int) -> String
    ) -> String {
        let pen = width.map { ", penwidth=\($0)" } ?? ""
        return "\(name(edge.source)) -> \(name(edge.target)) [\(edge.meaning.dotAttributes)\(pen)\(more)];"
    }

    /// What the marks that occur mean, and what the widths of lines do.
    static func legend(of meanings: [EdgeMeaning], widths: String?) -> [String] {
        let meanings = Set(meanings).sorted()
        guard !meanings.isEmpty else { return [] }
        var lines = [
            "  subgraph \(DOTReader.legendName) {",
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
        if let widths {
            lines.append("    legendwidth [label=\(widths.dotQuoted)];")
            lines.append("    legend\(meanings.count - 1)a -> legendwidth [style=invis];")
        }
        return lines + ["  }"]
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
    fileprivate var dotQuoted: String { visibleLabel.dotLabel }

    /// A quoted DOT string that is read back as this text. Line breaks are written as `\n`, other scalars that
    /// would steer a terminal as entities.
    var dotLabel: String {
        var output = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "&": output += "&amp;"
            case "\n": output += "\\n"
            case _ where scalar.isUnsafeToShow: output += "&#\(scalar.value);"
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
