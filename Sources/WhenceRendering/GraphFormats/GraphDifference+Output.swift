internal import WhenceDiscovery

extension GraphDifference {
    /// One line a difference, as `diff` marks them: `<` stands only in the first graph, `>` only in the second,
    /// `!` in both with different marks; then two lines that start with `#`: counts, and how far the second graph is
    /// from the first. Nothing when the graphs are the same.
    public func text() -> String {
        guard !isEmpty else { return "" }
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
        lines.append(
            "# \(NumberWording.count(onlyInFirst.count, "edge")) only in the first, \(onlyInSecond.count) only in "
                + "the second, \(otherMarks.count) with different marks, \(sharedEdgeCount) the same")
        lines.append("# \(distance)")
        return lines.map { $0 + "\n" }.joined()
    }

    /// How far the second graph is from the first, in one line.
    private var distance: String {
        var parts = ["structural Hamming distance \(comparison.structuralHammingDistance)"]
        let skeleton = comparison.skeleton
        if let precision = skeleton.precision {
            parts.append(
                "of the second's edges, \(NumberWording.share(precision)) join what the first joins (precision)"
            )
        }
        if let recall = skeleton.recall {
            parts.append("of the first's, \(NumberWording.share(recall)) are joined in the second (recall)")
        }
        if let accuracy = comparison.markAccuracy {
            parts.append("\(NumberWording.share(accuracy)) of the marks at shared edges agree")
        }
        return parts.joined(separator: "; ")
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
        /// Pairs of nodes that the graphs join differently.
        var structuralHammingDistance: Int
        /// Edges to add or remove, and marks to change, to come from one graph to the other.
        var markDistance: Int
        /// The second graph judged by the first.
        var skeleton: RetrievalDocument
        var arrowheads: RetrievalDocument
        var tails: RetrievalDocument
        @ExplicitNull var markAccuracy: Double?

        init(_ difference: GraphDifference) {
            same = difference.isEmpty
            nodesOnlyInFirst = difference.nodesOnlyInFirst
            nodesOnlyInSecond = difference.nodesOnlyInSecond
            otherRoles = difference.otherRoles
            edges = difference.edges.map {
                EdgeDocument(a: $0.a, b: $0.b, first: $0.first, second: $0.second)
            }
            sharedEdges = difference.sharedEdgeCount
            let comparison = difference.comparison
            structuralHammingDistance = comparison.structuralHammingDistance
            markDistance = comparison.markDistance
            skeleton = RetrievalDocument(comparison.skeleton)
            arrowheads = RetrievalDocument(comparison.arrowheads)
            tails = RetrievalDocument(comparison.tails)
            markAccuracy = comparison.markAccuracy
        }
    }

    /// Counts of what was found, with the shares that follow from them; `null` where there is nothing to share.
    private struct RetrievalDocument: Encodable {
        var correct: Int
        var spurious: Int
        var missing: Int
        @ExplicitNull var precision: Double?
        @ExplicitNull var recall: Double?

        init(_ counts: RetrievalCounts) {
            (correct, spurious, missing) = (counts.correct, counts.spurious, counts.missing)
            (precision, recall) = (counts.precision, counts.recall)
        }
    }
}
