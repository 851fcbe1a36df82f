internal import WhenceTensor

/// One layer of an encoder: self-attention, then the feed-forward network, each with its residual connection.
struct EncoderLayer: Sendable {
    let attention: SelfAttention
    let feedForward: FeedForward

    /// Runs the layer in place.
    ///
    /// - Parameters:
    ///   - hidden: `[tokens, hidden]`.
    ///   - reach: which rows go on, and whether the attention is kept.
    /// - Returns: the rows that go on, and what was kept.
    /// - Throws: `CancellationError` if the task was cancelled, before anything is computed.
    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> (hidden: MatrixView, record: AttentionRecord?) {
        try Task.checkCancellation()
        let (attended, record) = try attention.apply(to: hidden, batch, reach, in: workspace)
        try feedForward.apply(to: attended, in: workspace)
        return (attended, record)
    }
}
