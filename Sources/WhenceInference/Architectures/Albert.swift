internal import WhenceLoader
internal import WhenceTensor

/// ALBERT: narrow embeddings projected to the hidden width, and few layers that run many times.
///
/// - Note: Lan et al. 2020, *ALBERT: A Lite BERT for Self-supervised Learning*, arXiv 1909.11942, §3.1.
struct Albert: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let projection: PackedMatrix
    /// `[groups][inner layers]`.
    private let groups: [[EncoderLayer]]
    /// The layers in the order in which they run: a group number and a place within it, each as often as it runs.
    private let schedule: [(group: Int, inner: Int)]
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let encoder = checkpoint["albert"]["encoder"]
        embedding = try Embedding(checkpoint["albert"]["embeddings"], configuration)
        projection = try PackedMatrix(
            encoder["embedding_hidden_mapping_in"], configuration.embeddingSize, configuration.hiddenSize)
        groups = try (0..<configuration.groupCount).map { group in
            try (0..<configuration.innerLayerCount).map { inner in
                try Self.layer(
                    encoder["albert_layer_groups_._\(group)"]["albert_layers_._\(inner)"], configuration,
                    name: "layer \(inner) of group \(group)")
            }
        }
        schedule = Self.schedule(configuration)
        head = try Self.head(checkpoint, words: embedding.words, configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let embedded = workspace.embeddings.matrix(batch.tokenCount, configuration.embeddingSize)
        try embedding.embed(batch, into: embedded, in: workspace)
        var hidden = workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
        try workspace.compute.multiply(embedded, by: projection, into: hidden)
        var record: AttentionRecord?
        for (index, place) in schedule.enumerated() {
            let layer = groups[place.group][place.inner]
            let reach = reach(ofLayer: index, of: schedule.count, for: purpose, below: head)
            (hidden, record) = try layer.apply(to: hidden, batch, reach, in: workspace)
        }
        return ForwardResult(
            logits: try head.logits(hidden, batch, in: workspace), hidden: hidden, record: record)
    }

    /// Layer `i` of the configuration is group `⌊i · groups / layers⌋`, and runs all of the group's inner layers.
    private static func schedule(_ configuration: ModelConfiguration) -> [(group: Int, inner: Int)] {
        (0..<configuration.layerCount).flatMap { index in
            let group = index * configuration.groupCount / configuration.layerCount
            return (0..<configuration.innerLayerCount).map { (group, $0) }
        }
    }

    private static func layer(
        _ place: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws -> EncoderLayer {
        let attention = place["attention"]
        return EncoderLayer(
            attention: try SelfAttention(
                query: attention["query"], key: attention["key"], value: attention["value"],
                output: attention["dense"], norm: attention["LayerNorm"], configuration, name: name),
            feedForward: try FeedForward(
                inner: place["ffn"], outer: place["ffn_output"], norm: place["full_layer_layer_norm"],
                configuration, name: name))
    }

    private static func head(
        _ checkpoint: Checkpoint, words: Tensor, _ configuration: ModelConfiguration
    ) throws -> Head {
        switch configuration.head {
        case .encoder:
            return .none
        case .sequenceClassification:
            return .classification(
                try ClassificationHead(
                    pooler: checkpoint["albert"]["pooler"], classifier: checkpoint["classifier"],
                    configuration))
        case .maskedLanguageModel:
            let predictions = checkpoint["predictions"]
            // `predictions/bias` is stored too, but the library adds the decoder's.
            return .maskedLanguage(
                try MaskedLanguageHead(
                    transform: predictions["dense"], norm: predictions["LayerNorm"],
                    bias: predictions.vector("decoder/bias", configuration.vocabularySize), words: words,
                    configuration))
        }
    }
}
