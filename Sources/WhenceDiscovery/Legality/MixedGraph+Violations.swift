extension MixedGraph {
    /// Every reason why this graph is not of a kind; empty when it is.
    ///
    /// For any graph whatever, also one from few data or from a search that a bound ended: nothing is assumed. When a
    /// graph breaks laws of its own, the laws that build on those are not looked at.
    /// - Parameter kind: What the graph is meant as.
    /// - Returns: Violations in a fixed order; of cycles and inducing paths one for each start or pair.
    /// - Complexity: polynomial; O(nodes² · edges) for ancestral graphs.
    public func violations(as kind: GraphKind) -> [GraphViolation] {
        switch kind {
        case .completedPartiallyDirectedGraph: CompletedGraphLaws(self).violations()
        case .maximalAncestralGraph: AncestralLaws(self).violations()
        case .partialAncestralGraph: PartialGraphLaws(self).violations()
        }
    }

    /// Whether this graph is of a kind: whether `violations(as:)` finds none.
    public func isLegal(as kind: GraphKind) -> Bool { violations(as: kind).isEmpty }
}
