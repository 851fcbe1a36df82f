internal import WhenceLoader
internal import WhenceTensor

/// A layer of the original SASRec: only the attention's queries are normalised, and the residual connections start
/// from what is normalised.
struct QueryNormLayer: Layer {
    let queryNorm: LayerNorm
    let attention: SelfAttention
    let feedForwardNorm: LayerNorm
    let feedForward: FeedForward

    /// `q = LayerNorm(x)`, `y = LayerNorm(q + attention(q, x))`, then `x = y + feedForward(y)`.
    ///
    /// - Note: Kang and McAuley 2018, §III, in the authors' code.
    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult {
        let queries = try workspace.normalized.matrix(hidden.rowCount, hidden.columnCount)
        _ = queries.buffer.update(fromContentsOf: hidden.buffer)
        try queryNorm.apply(to: queries, in: workspace)
        var result = try attention.apply(
            to: hidden, asking: queries, addingTo: queries, batch, reach, in: workspace)
        try feedForwardNorm.apply(to: result.rows, in: workspace)
        try feedForward.apply(to: result.rows, addingTo: result.rows, in: workspace)
        guard !result.areAsked else { return result }
        // The next layer needs the memory of the queries.
        _ = hidden.buffer.update(fromContentsOf: result.rows.buffer)
        result.rows = hidden
        return result
    }
}
