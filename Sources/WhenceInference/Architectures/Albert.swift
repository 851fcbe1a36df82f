internal import WhenceLoader
internal import WhenceTensor

/// ALBERT: narrow embeddings projected to the hidden width, and few layers that run many times.
///
/// - Note: Lan et al. 2020, *ALBERT: A Lite BERT for Self-supervised Learning*, arXiv 1909.11942, §3.1.
struct Albert: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let projection: PackedMatrix
    /// Each as often as it runs.
    private let layers: LayerStack<EncoderLayer>
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let encoder = checkpoint["albert"]["encoder"]
        embedding = try Embedding(checkpoint["albert"]["embeddings"], configuration)
        projection = try PackedMatrix(
            encoder["embedding_hidden_mapping_in"], configuration.embeddingSize, configuration.hiddenSize)
        layers = LayerStack(layers: try Self.layers(encoder, configuration))
        head = try Self.head(checkpoint, words: embedding.words, configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let embedded = workspace.embeddings.matrix(batch.tokenCount, configuration.embeddingSize)
        try embedding.embed(batch, into: embedded, in: workspace)
        let hidden = workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
        try workspace.compute.multiply(embedded, by: projection, into: hidden)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
    }

    /// Layer `i` of the configuration is group `⌊i · groups / layers⌋`, and runs all of the group's inner layers.
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
        return (0..<configuration.layerCount).flatMap { index in
            groups[index * configuration.groupCount / configuration.layerCount]
        }
    }

    private static func layer(
        _ place: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws -> EncoderLayer {
        let attention = place["attention"]
        return try EncoderLayer(
            attention: SelfAttention(
                query: attention["query"], key: attention["key"], value: attention["value"],
                output: attention["dense"], configuration),
            attentionNorm: attention["LayerNorm"],
            feedForward: FeedForward(inner: place["ffn"], outer: place["ffn_output"], configuration),
            feedForwardNorm: place["full_layer_layer_norm"], configuration, name: name)
    }

    private static func head(
        _ checkpoint: Checkpoint, words: Tensor, _ configuration: ModelConfiguration
    ) throws -> Head {
        switch configuration.head {
        case .causalLanguageModel, .encoder:
            return .none
        case .sequenceClassification:
            return .classification(
                try ClassificationHead(
                    pooler: checkpoint["albert"]["pooler"], classifier: checkpoint["classifier"],
                    configuration))
        case .maskedLanguageModel:
            let predictions = checkpoint["predictions"]
            // `predictions/bias` is stored too, but the library adds the decoder's.
            return .language(
                try LanguageHead(
                    transform: predictions["dense"], norm: predictions["LayerNorm"],
                    bias: predictions.vector("decoder/bias", configuration.vocabularySize), words: words,
                    configuration))
        }
    }
}
