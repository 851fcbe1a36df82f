internal import WhenceLoader
internal import WhenceTensor

/// DistilBERT: BERT with half of its layers, without token types, and with a rectifier in its classifier.
///
/// - Note: Sanh et al. 2019, *DistilBERT, a distilled version of BERT*, arXiv 1910.01108, §3.
struct DistilBert: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let layers: LayerStack<EncoderLayer>
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let transformer = checkpoint["distilbert"]["transformer"]
        embedding = try Embedding(checkpoint["distilbert"]["embeddings"], configuration)
        layers = LayerStack(
            layers: try (0..<configuration.layerCount).map { index in
                try Self.layer(transformer["layer_._\(index)"], configuration, name: "layer \(index)")
            })
        head = try Self.head(checkpoint, words: embedding.words, configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let hidden = workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
        try embedding.embed(batch, into: hidden, in: workspace)
        let result = try layers.apply(to: hidden, batch, for: purpose, in: workspace)
        return try ForwardResult(result, below: head, batch, in: workspace)
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

    private static func head(
        _ checkpoint: Checkpoint, words: Tensor, _ configuration: ModelConfiguration
    ) throws -> Head {
        switch configuration.head {
        case .causalLanguageModel, .encoder:
            .none
        case .sequenceClassification:
            .classification(
                try ClassificationHead(
                    pooler: checkpoint["pre_classifier"], classifier: checkpoint["classifier"],
                    configuration))
        case .maskedLanguageModel:
            .language(
                try LanguageHead(
                    transform: checkpoint["vocab_transform"], norm: checkpoint["vocab_layer_norm"],
                    bias: checkpoint.vector("vocab_projector/bias", configuration.vocabularySize),
                    words: words, configuration))
        }
    }
}
