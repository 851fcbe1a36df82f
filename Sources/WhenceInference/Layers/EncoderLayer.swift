internal import WhenceLoader
internal import WhenceTensor

/// A layer as Vaswani et al. drew it: self-attention, then the feed-forward network, a layer norm behind each.
struct EncoderLayer: Layer {
    let attention: SelfAttention
    let attentionNorm: LayerNorm
    let feedForward: FeedForward
    let feedForwardNorm: LayerNorm

    /// - Parameters:
    ///   - attentionNorm: where the gain and shift behind the attention are.
    ///   - feedForwardNorm: where those behind the feed-forward network are.
    ///   - name: what an error calls the layer.
    init(
        attention: SelfAttention, attentionNorm: Checkpoint, feedForward: FeedForward,
        feedForwardNorm: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws {
        self.attention = attention
        self.attentionNorm = try LayerNorm(attentionNorm, configuration, name: "\(name)'s attention")
        self.feedForward = feedForward
        self.feedForwardNorm = try LayerNorm(
            feedForwardNorm, configuration, name: "\(name)'s feed-forward network")
    }

    /// Puts together a layer whose parts have been read.
    init(
        attention: SelfAttention, attentionNorm: LayerNorm, feedForward: FeedForward,
        feedForwardNorm: LayerNorm
    ) {
        self.attention = attention
        self.attentionNorm = attentionNorm
        self.feedForward = feedForward
        self.feedForwardNorm = feedForwardNorm
    }

    /// `x = LayerNorm(x + attention(x))`, then `x = LayerNorm(x + feedForward(x))`.
    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult {
        let result = try attention.apply(to: hidden, addingTo: hidden, batch, reach, in: workspace)
        try attentionNorm.apply(to: result.rows, in: workspace)
        try feedForward.apply(to: result.rows, addingTo: result.rows, in: workspace)
        try feedForwardNorm.apply(to: result.rows, in: workspace)
        return result
    }
}
