internal import WhenceLoader
internal import WhenceTensor

/// BERT: an embedding and a stack of encoder layers, each with weights of its own.
///
/// - Note: Devlin et al. 2019, *BERT: Pre-training of Deep Bidirectional Transformers*, arXiv 1810.04805.
struct Bert: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let layers: [EncoderLayer]
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let encoder = checkpoint["bert"]["encoder"]
        embedding = try Embedding(checkpoint["bert"]["embeddings"], configuration)
        layers = try (0..<configuration.layerCount).map { index in
            try Self.layer(encoder["layer_._\(index)"], configuration, name: "layer \(index)")
        }
        head = try Self.head(checkpoint, words: embedding.words, configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        var hidden = workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
        try embedding.embed(batch, into: hidden, in: workspace)
        var record: AttentionRecord?
        for (index, layer) in layers.enumerated() {
            let reach = reach(ofLayer: index, of: layers.count, for: purpose, below: head)
            (hidden, record) = try layer.apply(to: hidden, batch, reach, in: workspace)
        }
        return ForwardResult(
            logits: try head.logits(hidden, batch, in: workspace), hidden: hidden, record: record)
    }

    private static func layer(
        _ place: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws -> EncoderLayer {
        let attention = place["attention"]
        return EncoderLayer(
            attention: try SelfAttention(
                query: attention["self"]["query"], key: attention["self"]["key"],
                value: attention["self"]["value"], output: attention["output"]["dense"],
                norm: attention["output"]["LayerNorm"], configuration, name: name),
            feedForward: try FeedForward(
                inner: place["intermediate"]["dense"], outer: place["output"]["dense"],
                norm: place["output"]["LayerNorm"], configuration, name: name))
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
                    pooler: checkpoint["bert"]["pooler"]["dense"], classifier: checkpoint["classifier"],
                    configuration))
        case .maskedLanguageModel:
            let predictions = checkpoint["mlm___cls"]["predictions"]
            return .maskedLanguage(
                try MaskedLanguageHead(
                    transform: predictions["transform"]["dense"], norm: predictions["transform"]["LayerNorm"],
                    bias: predictions.vector("bias", configuration.vocabularySize), words: words,
                    configuration))
        }
    }
}
