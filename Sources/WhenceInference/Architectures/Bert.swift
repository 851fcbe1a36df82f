internal import WhenceLoader
internal import WhenceTensor

/// BERT: an embedding and a stack of encoder layers, each with weights of its own.
///
/// - Note: Devlin et al. 2019, *BERT: Pre-training of Deep Bidirectional Transformers*, arXiv 1810.04805.
struct Bert: Architecture {
    private let encoder: Encoder

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        let (bert, predictions) = (checkpoint["bert"], checkpoint["mlm___cls"]["predictions"])
        let embedding = try Embedding(bert["embeddings"], configuration)
        encoder = Encoder(
            embedding: embedding, layers: try EncoderLayer.bert(bert["encoder"], configuration),
            head: try Head(
                pooler: bert["pooler"]["dense"], classifier: checkpoint["classifier"],
                transform: predictions["transform"]["dense"], norm: predictions["transform"]["LayerNorm"],
                decoder: predictions, words: try embedding.outputTable(predictions["decoder"], configuration),
                configuration),
            configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        try encoder.forward(batch, for: purpose, in: workspace)
    }
}

extension EncoderLayer {
    /// Reads the layers below `encoder`, which BERT's descendants name alike.
    static func bert(_ encoder: Checkpoint, _ configuration: ModelConfiguration) throws -> [EncoderLayer] {
        try (0..<configuration.layerCount).map { index in
            let place = encoder["layer_._\(index)"]
            let attention = place["attention"]
            return try EncoderLayer(
                attention: SelfAttention(
                    query: attention["self"]["query"], key: attention["self"]["key"],
                    value: attention["self"]["value"], output: attention["output"]["dense"],
                    form: AttentionForm(
                        distances: attention["self"]["distance_embedding"], configuration), configuration),
                bert: place, configuration, name: "layer \(index)")
        }
    }

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
