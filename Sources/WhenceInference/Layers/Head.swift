internal import WhenceLoader
internal import WhenceTensor

/// What turns hidden states into logits.
enum Head: Sendable {
    /// Nothing does.
    case none
    /// One row of logits an input.
    case classification(ClassificationHead)
    /// One row of logits a token.
    case maskedLanguage(MaskedLanguageHead)

    /// Whether only the first row of every input is read.
    var readsFirstRowsOnly: Bool {
        if case .classification = self { true } else { false }
    }

    /// The logits of all hidden rows, or of first rows that are already alone.
    func logits(_ hidden: MatrixView, _ batch: Batch, in workspace: Workspace) throws -> MatrixView? {
        switch self {
        case .none: nil
        case .classification(let head): try head.logits(hidden, batch, in: workspace)
        case .maskedLanguage(let head): try head.logits(hidden, in: workspace)
        }
    }
}

/// `classifier(tanh(pooler(x₀)))`.
struct ClassificationHead: Sendable {
    private let pooler: PackedMatrix
    private let classifier: PackedMatrix

    init(pooler: Checkpoint, classifier: Checkpoint, _ configuration: ModelConfiguration) throws {
        let hidden = configuration.hiddenSize
        self.pooler = try PackedMatrix(pooler, hidden, hidden)
        self.classifier = try PackedMatrix(classifier, hidden, configuration.labels.count)
    }

    /// `[inputs, labels]`.
    ///
    /// - Note: Devlin et al. 2019, §4.1 and appendix A.
    func logits(_ hidden: MatrixView, _ batch: Batch, in workspace: Workspace) throws -> MatrixView {
        let first = workspace.firstRows.matrix(batch.inputCount, hidden.columnCount)
        let areAlone = hidden.rowCount == batch.inputCount
        for input in 0..<batch.inputCount {
            first.copyRow(from: hidden, areAlone ? input : batch.offsets[input], to: input)
        }
        let pooled = workspace.headRows.matrix(batch.inputCount, pooler.columnCount)
        try workspace.compute.multiply(first, by: pooler, epilogue: .tanh, into: pooled)
        let logits = workspace.logits.matrix(batch.inputCount, classifier.columnCount)
        try workspace.compute.multiply(pooled, by: classifier, into: logits)
        return logits
    }
}

/// `LayerNorm(act(x·W + b))·wordsᵀ + bias`: the word embedding decodes what it encodes.
struct MaskedLanguageHead: Sendable {
    private let transform: PackedMatrix
    private let activation: ProductEpilogue
    private let norm: LayerNorm
    private let decoder: PackedMatrix

    init(
        transform: Checkpoint, norm: Checkpoint, bias: Tensor, words: Tensor,
        _ configuration: ModelConfiguration
    ) throws {
        self.transform = try PackedMatrix(transform, configuration.hiddenSize, configuration.embeddingSize)
        activation = ProductEpilogue(configuration.activation)
        self.norm = try LayerNorm(
            norm, width: configuration.embeddingSize, epsilon: configuration.layerNormEpsilon,
            name: "the language-model head")
        decoder = try PackedMatrix(transposing: words, bias: bias)
    }

    /// `[tokens, vocabulary]`.
    ///
    /// - Note: Devlin et al. 2019, §3.1; Lan et al. 2020, §3.1.
    func logits(_ hidden: MatrixView, in workspace: Workspace) throws -> MatrixView {
        let transformed = workspace.headRows.matrix(hidden.rowCount, transform.columnCount)
        try workspace.compute.multiply(hidden, by: transform, epilogue: activation, into: transformed)
        try norm.apply(to: transformed, in: workspace)
        let logits = workspace.logits.matrix(hidden.rowCount, decoder.columnCount)
        try workspace.compute.multiply(transformed, by: decoder, into: logits)
        return logits
    }
}
