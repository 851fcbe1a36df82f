internal import WhenceLoader
internal import WhenceTensor

/// ALBERT: narrow embeddings projected to the hidden width, and few layers that run many times.
///
/// - Note: Lan et al. 2020, *ALBERT: A Lite BERT for Self-supervised Learning*, arXiv 1909.11942, §3.1.
struct Albert: Architecture {
    private let encoder: Encoder

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        let (albert, predictions) = (checkpoint["albert"], checkpoint["predictions"])
        let embedding = try Embedding(albert["embeddings"], configuration)
        encoder = Encoder(
            embedding: embedding,
            projection: try PackedMatrix(
                albert["encoder"]["embedding_hidden_mapping_in"], configuration.embeddingSize,
                configuration.hiddenSize),
            layers: try Self.layers(albert["encoder"], configuration),
            // `predictions/bias` is stored too, but the library adds the decoder's.
            head: try Head(
                pooler: albert["pooler"], classifier: checkpoint["classifier"],
                transform: predictions["dense"], norm: predictions["LayerNorm"],
                decoder: predictions["decoder"],
                words: try embedding.outputTable(predictions["decoder"], configuration), configuration),
            configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        try encoder.forward(batch, for: purpose, in: workspace)
    }

    /// Layer `i` of the configuration is group `⌊i / (layers / groups)⌋`, and runs all of the group's inner layers.
    /// The quotient is rounded as the reference rounds it: of 18 layers and 14 groups layer 9 is group 6, not 7.
    private static func layers(
        _ encoder: Checkpoint, _ configuration: ModelConfiguration
    ) throws -> [EncoderLayer] {
        let groups = try (0..<configuration.groupCount).map { group in
            try (0..<configuration.innerLayerCount).map { inner in
                try layer(
                    encoder["albert_layer_groups_._\(group)"]["albert_layers_._\(inner)"], configuration,
                    name: "layer \(inner) of group \(group)")
            }
        }
        let layersPerGroup = Double(configuration.layerCount) / Double(configuration.groupCount)
        return (0..<configuration.layerCount).flatMap { groups[Int(Double($0) / layersPerGroup)] }
    }

    private static func layer(
        _ place: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws -> EncoderLayer {
        let attention = place["attention"]
        return try EncoderLayer(
            attention: SelfAttention(
                query: attention["query"], key: attention["key"], value: attention["value"],
                output: attention["dense"],
                form: AttentionForm(distances: attention["distance_embedding"], configuration), configuration),
            attentionNorm: attention["LayerNorm"],
            feedForward: FeedForward(inner: place["ffn"], outer: place["ffn_output"], configuration),
            feedForwardNorm: place["full_layer_layer_norm"], configuration, name: name)
    }
}
