internal import WhenceLoader
internal import WhenceTensor

/// DistilBERT: BERT with half of its layers, without token types, and with a rectifier in its classifier.
///
/// - Note: Sanh et al. 2019, *DistilBERT, a distilled version of BERT*, arXiv 1910.01108, §3.
struct DistilBert: Architecture {
    private let encoder: Encoder

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        let distilBert = checkpoint["distilbert"]
        let embedding = try Embedding(distilBert["embeddings"], configuration)
        let layers = try (0..<configuration.layerCount).map { index in
            try Self.layer(
                distilBert["transformer"]["layer_._\(index)"], configuration, name: "layer \(index)")
        }
        encoder = Encoder(
            embedding: embedding, layers: layers,
            head: try Head(
                pooler: checkpoint["pre_classifier"], classifier: checkpoint["classifier"],
                transform: checkpoint["vocab_transform"], norm: checkpoint["vocab_layer_norm"],
                decoder: checkpoint["vocab_projector"],
                words: try embedding.outputTable(checkpoint["vocab_projector"], configuration), configuration),
            configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        try encoder.forward(batch, for: purpose, in: workspace)
    }

    private static func layer(
        _ place: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws -> EncoderLayer {
        let attention = place["attention"]
        return try EncoderLayer(
            attention: SelfAttention(
                query: attention["q_lin"], key: attention["k_lin"], value: attention["v_lin"],
                output: attention["out_lin"], configuration),
            attentionNorm: place["sa_layer_norm"],
            feedForward: FeedForward(
                inner: place["ffn"]["lin1"], outer: place["ffn"]["lin2"], configuration),
            feedForwardNorm: place["output_layer_norm"], configuration, name: name)
    }
}
