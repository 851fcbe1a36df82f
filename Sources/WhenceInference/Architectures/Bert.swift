internal import WhenceLoader
internal import WhenceTensor

/// BERT: an embedding and a stack of encoder layers, each with weights of its own.
///
/// - Note: Devlin et al. 2019, *BERT: Pre-training of Deep Bidirectional Transformers*, arXiv 1810.04805.
struct Bert: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let layers: LayerStack<EncoderLayer>
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        embedding = try Embedding(checkpoint["bert"]["embeddings"], configuration)
        layers = try LayerStack(bert: checkpoint["bert"]["encoder"], configuration)
        head = try Self.head(checkpoint, words: embedding.words, configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let hidden = workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
        try embedding.embed(batch, into: hidden, in: workspace)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
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
                    pooler: checkpoint["bert"]["pooler"]["dense"], classifier: checkpoint["classifier"],
                    configuration))
        case .maskedLanguageModel:
            let predictions = checkpoint["mlm___cls"]["predictions"]
            return .language(
                try LanguageHead(
                    transform: predictions["transform"]["dense"], norm: predictions["transform"]["LayerNorm"],
                    bias: predictions.vector("bias", configuration.vocabularySize), words: words,
                    configuration))
        }
    }
}

extension LayerStack<EncoderLayer> {
    /// Reads the layers below `encoder`, which BERT's descendants name alike.
    init(bert encoder: Checkpoint, _ configuration: ModelConfiguration) throws {
        layers = try (0..<configuration.layerCount).map { index in
            let place = encoder["layer_._\(index)"]
            let attention = place["attention"]
            return try EncoderLayer(
                attention: SelfAttention(
                    query: attention["self"]["query"], key: attention["self"]["key"],
                    value: attention["self"]["value"], output: attention["output"]["dense"], configuration),
                bert: place, configuration, name: "layer \(index)")
        }
    }
}

extension EncoderLayer {
    /// Reads what follows the attention, named as BERT names it.
    init(
        attention: SelfAttention, bert place: Checkpoint, _ configuration: ModelConfiguration, name: String
    ) throws {
        try self.init(
            attention: attention, attentionNorm: place["attention"]["output"]["LayerNorm"],
            feedForward: FeedForward(
                inner: place["intermediate"]["dense"], outer: place["output"]["dense"], configuration),
            feedForwardNorm: place["output"]["LayerNorm"], configuration, name: name)
    }
}
