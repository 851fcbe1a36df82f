internal import WhenceLoader
internal import WhenceTensor

/// `LayerNorm(act(x·W + b))·wordsᵀ + bias`, or `x·wordsᵀ` alone: most often the word embedding decodes what it encodes.
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
    ///   - words: `[vocabulary, embedding]`, what tokens are predicted with.
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

    /// Puts together a head.
    ///
    /// - Parameters:
    ///   - transform: where what stands before the decoder is, its parts named `dense` and `norm`; none without it.
    ///   - decoder: `[hidden, vocabulary]`.
    init(transform: Checkpoint?, decoder: PackedMatrix, _ configuration: ModelConfiguration) throws {
        self.transform = try transform.map { place in
            Transform(
                dense: try PackedMatrix(
                    place["dense"], configuration.hiddenSize, configuration.embeddingSize),
                activation: ProductEpilogue(configuration.headActivation),
                norm: try LayerNorm(
                    place["norm"], configuration, epsilon: configuration.headLayerNormEpsilon,
                    name: "the output's transform"))
        }
        self.decoder = decoder
    }

    /// A head that is a table `[vocabulary, hidden]` alone.
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
            transformed = try workspace.headRows.matrix(rows.rowCount, transform.dense.columnCount)
            try workspace.compute.multiply(
                rows, by: transform.dense, epilogue: transform.activation, into: transformed)
            try transform.norm.apply(to: transformed, in: workspace)
        }
        let logits = try workspace.logits.matrix(rows.rowCount, decoder.columnCount)
        try workspace.compute.multiply(transformed, by: decoder, into: logits)
        return logits
    }
}
