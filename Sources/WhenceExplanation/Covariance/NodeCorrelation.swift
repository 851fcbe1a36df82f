internal import WhenceInference
internal import WhenceTensor

/// The correlation matrix that a graph is learnt from, and the head it was read in.
struct NodeCorrelation: Sendable {
    let head: HeadLabel
    /// Over the nodes of the layout; the marginalised tokens are left out.
    let matrix: SquareMatrix

    /// One correlation matrix for every head that is asked for, or one of the covariances averaged over heads.
    ///
    /// - Throws: `ExplanationError.noSuchHead`, `ExplanationError.constantNode`.
    static func all(
        _ trace: AttentionTrace, layout: NodeLayout, heads: HeadChoice, estimator: CovarianceEstimator
    ) throws(ExplanationError) -> [NodeCorrelation] {
        let headCount = trace.attention.shape[0]
        let source = estimator.implementation
        switch heads {
        case .each:
            return try (0..<headCount).map { head throws(ExplanationError) in
                try NodeCorrelation(
                    source.covariance(trace, head: head, layout: layout), head: .head(head), layout: layout)
            }
        case .only(let chosen):
            return try chosen.map { head throws(ExplanationError) in
                guard (0..<headCount).contains(head) else { throw .noSuchHead(head, headCount: headCount) }
                return try NodeCorrelation(
                    source.covariance(trace, head: head, layout: layout), head: .head(head), layout: layout)
            }
        case .pooled:
            // The sum serves for the mean: a correlation does not see the factor.
            var sum = SquareMatrix(size: layout.groups.count)
            for head in 0..<headCount { sum += source.covariance(trace, head: head, layout: layout) }
            return [try NodeCorrelation(sum, head: .pooled, layout: layout)]
        }
    }

    /// `corr_ij = cov_ij / √(cov_ii · cov_jj)` over the nodes.
    private init(
        _ covariance: SquareMatrix, head: HeadLabel, layout: NodeLayout
    ) throws(ExplanationError) {
        let count = layout.nodes.count
        var correlation = SquareMatrix(size: count)
        for i in 0..<count {
            guard covariance[i, i] > 0 else {
                throw .constantNode(label: layout.nodes[i].label, head: head)
            }
            correlation[i, i] = 1
            for j in 0..<i {
                let value = covariance[i, j] / (covariance[i, i] * covariance[j, j]).squareRoot()
                correlation[i, j] = min(1, max(-1, value))
                correlation[j, i] = correlation[i, j]
            }
        }
        self.head = head
        self.matrix = correlation
    }
}
