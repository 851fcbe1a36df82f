internal import WhenceLoader
internal import WhenceTensor

/// What turns hidden states into logits.
enum Head: Sendable {
    /// Nothing does.
    case none
    /// One row of logits an input.
    case classification(ClassificationHead)
    /// One row of logits a position that they are asked of.
    case language(LanguageHead)

    /// Reads the head that the configuration names; of the places only those are looked at that it needs.
    ///
    /// - Parameters:
    ///   - pooler: the first layer of a classifier.
    ///   - classifier: its second.
    ///   - transform: the dense layer of a language model's head.
    ///   - norm: the layer norm behind it.
    ///   - decoder: where the decoder's bias is.
    ///   - words: `[vocabulary, embedding]`, what tokens are predicted with.
    init(
        pooler: Checkpoint, classifier: Checkpoint, transform: Checkpoint, norm: Checkpoint,
        decoder: Checkpoint, words: Tensor, _ configuration: ModelConfiguration
    ) throws {
        self =
            switch configuration.head {
            case .encoder: .none
            case .sequenceClassification:
                .classification(
                    try ClassificationHead(pooler: pooler, classifier: classifier, configuration))
            case .maskedLanguageModel, .causalLanguageModel:
                .language(
                    try LanguageHead(
                        transform: transform, norm: norm,
                        bias: decoder.vector("bias", configuration.vocabularySize), words: words,
                        configuration))
            }
    }

    /// The logits of the rows that they are asked of.
    func logits(_ result: LayerResult, _ batch: Batch, in workspace: Workspace) throws -> MatrixView? {
        func asked() throws -> MatrixView {
            result.areAsked ? result.rows : try batch.askedRows(of: result.rows, into: workspace.askedHidden)
        }
        return switch self {
        case .none: nil
        case .classification(let head): try head.logits(asked(), in: workspace)
        case .language(let head): try head.logits(asked(), in: workspace)
        }
    }
}
