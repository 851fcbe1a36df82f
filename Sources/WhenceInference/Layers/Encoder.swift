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
        let hidden = try embedded(batch, in: workspace)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
    }

    /// `[tokens, hidden]`: what enters the first layer; of rows that are alike the first is embedded, the others are
    /// copies.
    private func embedded(_ batch: Batch, in workspace: Workspace) throws -> MatrixView {
        guard let repeats = batch.repeats, repeats.areWorthwhile(computing: repeats.firsts.count) else {
            return try embedded(batch, into: workspace.hidden, in: workspace)
        }
        let distinct = try embedded(
            batch.tokens(at: repeats.firsts), into: workspace.normalized, in: workspace)
        let hidden = try workspace.hidden.matrix(batch.tokenCount, hiddenSize)
        for (row, kind) in repeats.numbers.enumerated() { hidden.copyRow(from: distinct, kind, to: row) }
        return hidden
    }

    /// The same for rows of which each is embedded; in the memory of the embeddings where these are not projected.
    private func embedded(
        _ batch: Batch, into buffer: FloatBuffer, in workspace: Workspace
    ) throws -> MatrixView {
        let embedded = try workspace.embeddings.matrix(batch.tokenCount, embeddingSize)
        try embedding.embed(batch, into: embedded, in: workspace)
        guard let projection else { return embedded }
        let hidden = try buffer.matrix(batch.tokenCount, hiddenSize)
        try workspace.compute.multiply(embedded, by: projection, into: hidden)
        return hidden
    }
}
