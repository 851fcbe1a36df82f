extension GraphDifference {
    /// One line a difference, as `diff` marks them: `<` stands only in the first graph, `>` only in the second,
    /// `!` in both with different marks. Nothing when the graphs are the same.
    public func text() -> String {
        var lines = nodesOnlyInFirst.map { "< node \($0.visibleLabel)" }
        lines += nodesOnlyInSecond.map { "> node \($0.visibleLabel)" }
        lines += otherRoles.map { "! node \($0.visibleLabel) (observed, latent or selection)" }
        for edge in edges {
            let (a, b) = (edge.a.visibleLabel, edge.b.visibleLabel)
            switch (edge.first, edge.second) {
            case (let first?, let second?): lines.append("! \(a) \(first) \(b)  |  \(a) \(second) \(b)")
            case (let first?, nil): lines.append("< \(a) \(first) \(b)")
            case (nil, let second?): lines.append("> \(a) \(second) \(b)")
            case (nil, nil): break
            }
        }
        if !isEmpty {
            lines.append(
                "# \(onlyInFirst.count) edges only in the first, \(onlyInSecond.count) only in the second, "
                    + "\(otherMarks.count) with different marks, \(sharedEdgeCount) the same")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The document `whence.graph-difference/1`.
    ///
    /// - Throws: ``RenderingError``.
    public func json(layout: JSONLayout = .indented) throws(RenderingError) -> String {
        try jsonText(of: Document(self), layout: layout)
    }

    private struct Document: Encodable {
        struct EdgeDocument: Encodable {
            var a: String
            var b: String
            @ExplicitNull var first: String?
            @ExplicitNull var second: String?
        }

        var schema = "whence.graph-difference/1"
        var same: Bool
        var nodesOnlyInFirst: [String]
        var nodesOnlyInSecond: [String]
        var otherRoles: [String]
        var edges: [EdgeDocument]
        var sharedEdges: Int

        init(_ difference: GraphDifference) {
            same = difference.isEmpty
            nodesOnlyInFirst = difference.nodesOnlyInFirst
            nodesOnlyInSecond = difference.nodesOnlyInSecond
            otherRoles = difference.otherRoles
            edges = difference.edges.map {
                EdgeDocument(a: $0.a, b: $0.b, first: $0.first, second: $0.second)
            }
            sharedEdges = difference.sharedEdgeCount
        }
    }
}
