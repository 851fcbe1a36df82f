internal import WhenceLoader
internal import WhenceTensor

/// RoBERTa, and XLM-RoBERTa and CamemBERT, which are RoBERTa on other texts: BERT's layers below heads of its own.
/// Positions are numbered from behind the padding's (`ModelConfiguration.paddingPosition`).
///
/// - Note: Liu et al. 2019, *RoBERTa: A Robustly Optimized BERT Pretraining Approach*, arXiv 1907.11692; Conneau et
///   al. 2020, arXiv 1911.02116; Martin et al. 2020, arXiv 1911.03894.
struct Roberta: Architecture {
    private let configuration: ModelConfiguration
    private let embedding: Embedding
    private let layers: LayerStack<EncoderLayer>
    private let head: Head

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        self.configuration = configuration
        embedding = try Embedding(checkpoint["roberta"]["embeddings"], configuration)
        layers = try LayerStack(bert: checkpoint["roberta"]["encoder"], configuration)
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
            let classifier = checkpoint["classifier"]
            return .classification(
                try ClassificationHead(
                    pooler: classifier["dense"], classifier: classifier["out_proj"], configuration))
        case .maskedLanguageModel:
            let head = checkpoint["lm_head"]
            return .language(
                try LanguageHead(
                    transform: head["dense"], norm: head["layer_norm"],
                    bias: head.vector("bias", configuration.vocabularySize), words: words, configuration))
        }
    }
}
