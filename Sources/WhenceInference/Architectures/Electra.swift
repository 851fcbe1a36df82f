internal import WhenceLoader
internal import WhenceTensor

/// ELECTRA: BERT's layers behind embeddings that are projected where they are narrower than the hidden states.
///
/// - Note: Clark et al. 2020, *ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators*, arXiv
///   2003.10555, §3.2.
struct Electra: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    /// Only where the widths differ.
    private let projection: PackedMatrix?
    private let layers: LayerStack<EncoderLayer>
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        let electra = checkpoint["electra"]
        let (narrow, wide) = (configuration.embeddingSize, configuration.hiddenSize)
        embedding = try Embedding(electra["embeddings"], configuration)
        projection = narrow == wide ? nil : try PackedMatrix(electra["embeddings_project"], narrow, wide)
        layers = try LayerStack(bert: electra["encoder"], configuration)
        head = try Self.head(checkpoint, words: embedding.words, configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        let embedded = workspace.embeddings.matrix(batch.tokenCount, configuration.embeddingSize)
        try embedding.embed(batch, into: embedded, in: workspace)
        var hidden = embedded
        if let projection {
            hidden = workspace.hidden.matrix(batch.tokenCount, configuration.hiddenSize)
            try workspace.compute.multiply(embedded, by: projection, into: hidden)
        }
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
            let classifier = checkpoint["classifier"]
            return .classification(
                try ClassificationHead(
                    pooler: classifier["dense"], classifier: classifier["out_proj"], configuration))
        case .maskedLanguageModel:
            let predictions = checkpoint["generator_predictions"]
            return .language(
                try LanguageHead(
                    transform: predictions["dense"], norm: predictions["LayerNorm"],
                    bias: checkpoint.vector("generator_lm_head/bias", configuration.vocabularySize),
                    words: words, configuration))
        }
    }
}
