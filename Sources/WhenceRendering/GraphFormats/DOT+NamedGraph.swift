internal import WhenceDiscovery

extension NamedGraph {
    /// The graph for Graphviz.
    ///
    /// Edges, marks and legend are those of `[CausalGraph].dot(alpha:)`; edges also carry `p_value` and
    /// `stability`, nodes that are not observed `role`, and the graph `alpha`, which Graphviz passes over. A
    /// name that DOT cannot hold stands as the label of a made-up identifier.
    /// - Throws: `RenderingError.unwritable` for a name with a control character.
    func dot() throws(RenderingError) -> String {
        try refuseControlCharacters(in: .dot, except: "\n")
        var lines = DOTText.opening
        if let alpha { lines.append("  alpha=\(alpha.dotNumber);") }
        let identifiers = NodeIdentifiers(labels: names) { name in
            !name.isEmpty && !name.unicodeScalars.contains { $0.isUnsafeToShow || $0 == "\\" }
        }
        let spelt = names.indices.map { identifiers[$0].dotIdentifier }
        for (node, name) in names.enumerated() {
            var attributes: [String] = []
            // Graphviz shows the identifier where there is no label, but expands entities in it.
            if identifiers[node] != name || name.contains("&") { attributes.append("label=\(name.dotLabel)") }
            if roles[node] != .observed {
                attributes.append("role=\(roles[node].rawValue), style=\"rounded,dashed\"")
            }
            let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
            lines.append("  \(spelt[node])\(list);")
        }
        for (edge, trust) in trustedEdges {
            var more = trust.pValue.map { ", p_value=\($0.dotNumber)" } ?? ""
            more += trust.stability.map { ", stability=\($0.dotNumber)" } ?? ""
            lines.append(
                "  "
                    + DOTText.edge(OrientedEdge(edge), width: trust.width(alpha: alpha), more: more) {
                        spelt[$0]
                    })
        }
        lines += DOTText.legend(of: graph.edges.map { OrientedEdge($0).meaning }, widths: widthLegend)
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the widths of lines mean; `nil` where all are equally wide.
    var widthLegend: String? {
        guard trust.contains(where: { $0.width(alpha: alpha) != nil }) else { return nil }
        return EdgeTrust.legend(hasStability: trust.contains { $0.stability != nil })
    }

    /// Refuses names with characters that a format has no way to hold.
    func refuseControlCharacters(
        in format: GraphFormat, except allowed: String = ""
    ) throws(RenderingError) {
        let isRefused = { (scalar: Unicode.Scalar) in
            scalar.properties.generalCategory == .control && !allowed.unicodeScalars.contains(scalar)
                || scalar.value & 0xFFFE == 0xFFFE
        }
        guard let name = names.first(where: { $0.unicodeScalars.contains(where: isRefused) }) else { return }
        throw .unwritable(
            format: format,
            problem: "the name \(name.quoted()) has a character that it has no way to write; json can hold it"
        )
    }
}

extension String {
    /// The name as an ID of the DOT language.
    ///
    /// - Precondition: no backslash, which DOT has no way to escape there.
    fileprivate var dotIdentifier: String {
        let keywords = ["strict", "graph", "digraph", "subgraph", "node", "edge"]
        if isIdentifier(), !keywords.contains(lowercased()) { return self }
        return "\"" + replacingQuotationMarks(with: "\\\"") + "\""
    }
}

extension Double {
    /// The number in quotation marks, since an exponent is no part of DOT's numbers.
    fileprivate var dotNumber: String { "\"\(self)\"" }
}
