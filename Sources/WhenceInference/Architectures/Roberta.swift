internal import WhenceLoader
internal import WhenceTensor

/// RoBERTa, and XLM-RoBERTa and CamemBERT, which are RoBERTa on other texts: BERT's layers below heads of its own.
/// Positions are numbered from behind the padding's (`ModelConfiguration.paddingPosition`).
///
/// - Note: Liu et al. 2019, *RoBERTa: A Robustly Optimized BERT Pretraining Approach*, arXiv 1907.11692; Conneau et
///   al. 2020, arXiv 1911.02116; Martin et al. 2020, arXiv 1911.03894.
struct Roberta: Architecture {
    private let encoder: Encoder

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        let (roberta, classifier, language) = (
            checkpoint["roberta"], checkpoint["classifier"], checkpoint["lm_head"]
        )
        let embedding = try Embedding(roberta["embeddings"], configuration)
        encoder = Encoder(
            embedding: embedding, layers: try EncoderLayer.bert(roberta["encoder"], configuration),
            head: try Head(
                pooler: classifier["dense"], classifier: classifier["out_proj"],
                transform: language["dense"], norm: language["layer_norm"], decoder: language,
                words: try embedding.outputTable(language["decoder"], configuration), configuration),
            configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        try encoder.forward(batch, for: purpose, in: workspace)
    }
}
