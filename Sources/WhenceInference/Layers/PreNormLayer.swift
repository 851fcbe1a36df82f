internal import WhenceLoader
internal import WhenceTensor

/// A layer whose layer norms stand before the attention and the feed-forward network, beside the residual
/// connection.
struct PreNormLayer: Layer {
    let attentionNorm: LayerNorm
    let attention: SelfAttention
    let feedForwardNorm: LayerNorm
    let feedForward: FeedForward

    /// `x = x + attention(LayerNorm(x))`, then `x = x + feedForward(LayerNorm(x))`.
    ///
    /// - Note: Radford et al. 2019, §2.3.
    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult {
        let attended = try normalized(hidden, attentionNorm, in: workspace)
        let result = try attention.apply(to: attended, addingTo: hidden, batch, reach, in: workspace)
        let fed = try normalized(result.rows, feedForwardNorm, in: workspace)
        try feedForward.apply(to: fed, addingTo: result.rows, in: workspace)
        return result
    }

    private func normalized(
        _ rows: MatrixView, _ norm: LayerNorm, in workspace: Workspace
    ) throws -> MatrixView {
        let copy = try workspace.normalized.matrix(rows.rowCount, rows.columnCount)
        _ = copy.buffer.update(fromContentsOf: rows.buffer)
        try norm.apply(to: copy, in: workspace)
        return copy
    }
}
