internal import WhenceLoader
internal import WhenceTensor

/// A transformer as BERT has it, from ids to logits: an embedding, a projection where the embedding is narrower than
/// the hidden states, layers, and a head.
struct Encoder: Sendable {
    private let embedding: Embedding
    private let embeddingSize: Int
    private let projection: PackedMatrix?
    private let hiddenSize: Int
    private let layers: LayerStack<EncoderLayer>
    private let head: Head

    /// - Parameters:
    ///   - projection: `[embedding, hidden]`; none where the widths are the same.
    ///   - layers: in the order in which they run, each as often as it runs.
    init(
        embedding: Embedding, projection: PackedMatrix? = nil, layers: [EncoderLayer], head: Head,
        _ configuration: ModelConfiguration
    ) {
        self.embedding = embedding
        embeddingSize = configuration.embeddingSize
        self.projection = projection
        hiddenSize = configuration.hiddenSize
        self.layers = LayerStack(layers: layers)
        self.head = head
    }

    /// Runs a batch, as `Architecture.forward` says.
    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        var hidden = try workspace.embeddings.matrix(batch.tokenCount, embeddingSize)
        try embedding.embed(batch, into: hidden, in: workspace)
        if let projection {
            let embedded = hidden
            hidden = try workspace.hidden.matrix(batch.tokenCount, hiddenSize)
            try workspace.compute.multiply(embedded, by: projection, into: hidden)
        }
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
    }
}
