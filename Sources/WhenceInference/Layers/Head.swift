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

    /// The logits of the rows that they are asked of.
    func logits(_ result: LayerResult, _ batch: Batch, in workspace: Workspace) throws -> MatrixView? {
        func asked() -> MatrixView {
            result.areAsked ? result.rows : batch.askedRows(of: result.rows, into: workspace.askedHidden)
        }
        return switch self {
        case .none: nil
        case .classification(let head): try head.logits(asked(), in: workspace)
        case .language(let head): try head.logits(asked(), in: workspace)
        }
    }
}

/// `classifier(act(pooler(x)))`, or the classifier alone.
struct ClassificationHead: Sendable {
    private let pooler: PackedMatrix?
    private let activation: ProductEpilogue
    private let classifier: PackedMatrix

    /// Reads a head of two dense layers.
    init(pooler: Checkpoint, classifier: Checkpoint, _ configuration: ModelConfiguration) throws {
        self.pooler = try PackedMatrix(pooler, configuration.hiddenSize, configuration.pooledSize)
        activation = ProductEpilogue(configuration.headActivation)
        self.classifier = try PackedMatrix(
            classifier, configuration.pooledSize, configuration.labels.count)
    }

    /// A head of one layer.
    init(classifier: PackedMatrix) {
        pooler = nil
        activation = .none
        self.classifier = classifier
    }

    /// `[inputs, labels]` of the rows that are read, `[inputs, hidden]`.
    ///
    /// - Note: Devlin et al. 2019, §4.1 and appendix A.
    func logits(_ rows: MatrixView, in workspace: Workspace) throws -> MatrixView {
        var pooled = rows
        if let pooler {
            pooled = workspace.headRows.matrix(rows.rowCount, pooler.columnCount)
            try workspace.compute.multiply(rows, by: pooler, epilogue: activation, into: pooled)
        }
        let logits = workspace.logits.matrix(rows.rowCount, classifier.columnCount)
        try workspace.compute.multiply(pooled, by: classifier, into: logits)
        return logits
    }
}

/// `LayerNorm(act(x·W + b))·wordsᵀ + bias`, or `x·wordsᵀ` alone: the word embedding decodes what it encodes.
struct LanguageHead: Sendable {
    /// What stands before the decoder of a masked-language model.
    private struct Transform: Sendable {
        let dense: PackedMatrix
        let activation: ProductEpilogue
        let norm: LayerNorm
    }

    private let transform: Transform?
    private let decoder: PackedMatrix

    /// Reads a masked-language model's head.
    ///
    /// - Parameters:
    ///   - bias: `[vocabulary]`.
    ///   - words: the word embedding.
    init(
        transform: Checkpoint, norm: Checkpoint, bias: Tensor, words: Tensor,
        _ configuration: ModelConfiguration
    ) throws {
        self.transform = Transform(
            dense: try PackedMatrix(transform, configuration.hiddenSize, configuration.embeddingSize),
            activation: ProductEpilogue(configuration.headActivation),
            norm: try LayerNorm(
                norm, width: configuration.embeddingSize, epsilon: configuration.headLayerNormEpsilon,
                name: "the language-model head"))
        decoder = try PackedMatrix(transposing: words, bias: bias)
    }

    /// A head that is the word embedding alone.
    init(words: Tensor) throws {
        transform = nil
        decoder = try PackedMatrix(transposing: words)
    }

    /// `[positions, vocabulary]` of the rows that are asked for, `[positions, hidden]`.
    ///
    /// - Note: Devlin et al. 2019, §3.1; Lan et al. 2020, §3.1; Radford et al. 2018, §3.1.
    func logits(_ rows: MatrixView, in workspace: Workspace) throws -> MatrixView {
        var transformed = rows
        if let transform {
            transformed = workspace.headRows.matrix(rows.rowCount, transform.dense.columnCount)
            try workspace.compute.multiply(
                rows, by: transform.dense, epilogue: transform.activation, into: transformed)
            try transform.norm.apply(to: transformed, in: workspace)
        }
        let logits = workspace.logits.matrix(rows.rowCount, decoder.columnCount)
        try workspace.compute.multiply(transformed, by: decoder, into: logits)
        return logits
    }
}
