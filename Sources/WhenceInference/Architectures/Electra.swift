internal import WhenceLoader
internal import WhenceTensor

/// ELECTRA: BERT's layers behind embeddings that are projected where they are narrower than the hidden states.
///
/// - Note: Clark et al. 2020, *ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators*, arXiv
///   2003.10555, §3.2.
struct Electra: Architecture {
    private let encoder: Encoder

    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws {
        let (electra, classifier) = (checkpoint["electra"], checkpoint["classifier"])
        let predictions = checkpoint["generator_predictions"]
        let (narrow, wide) = (configuration.embeddingSize, configuration.hiddenSize)
        let embedding = try Embedding(electra["embeddings"], configuration)
        encoder = Encoder(
            embedding: embedding,
            projection: narrow == wide
                ? nil : try PackedMatrix(electra["embeddings_project"], narrow, wide),
            layers: try EncoderLayer.bert(electra["encoder"], configuration),
            head: try Head(
                pooler: classifier["dense"], classifier: classifier["out_proj"],
                transform: predictions["dense"], norm: predictions["LayerNorm"],
                decoder: checkpoint["generator_lm_head"],
                words: try embedding.outputTable(checkpoint["generator_lm_head"], configuration),
                configuration),
            configuration)
    }

    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult {
        try encoder.forward(batch, for: purpose, in: workspace)
    }
}
