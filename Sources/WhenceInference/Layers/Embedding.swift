internal import WhenceLoader
internal import WhenceTensor

/// What enters the encoder: `LayerNorm(word + position + type)`, looked up for every token.
struct Embedding: Sendable {
    /// `[vocabulary, width]`.
    let words: Tensor
    private let positions: Tensor
    private let tokenTypes: Tensor
    private let norm: LayerNorm
    private let width: Int

    /// Reads the tables below `embeddings`, where BERT and ALBERT keep them under the same names.
    init(_ place: Checkpoint, _ configuration: ModelConfiguration) throws {
        width = configuration.embeddingSize
        words = try place.matrix("word_embeddings/weight", configuration.vocabularySize, width)
        positions = try place.matrix("position_embeddings/embeddings", configuration.positionCount, width)
        tokenTypes = try place.matrix("token_type_embeddings/embeddings", configuration.tokenTypeCount, width)
        norm = try LayerNorm(
            place["LayerNorm"], width: width, epsilon: configuration.layerNormEpsilon, name: "the embedding")
    }

    /// Fills `rows` `[tokens, width]`.
    ///
    /// - Throws: `InferenceError.notFinite` if a sum overflows.
    /// - Note: Devlin et al. 2019, §3, figure 2.
    func embed(_ batch: Batch, into rows: MatrixView, in workspace: Workspace) throws(InferenceError) {
        words.withUnsafeBufferPointer { words in
            positions.withUnsafeBufferPointer { positions in
                tokenTypes.withUnsafeBufferPointer { tokenTypes in
                    let target = rows.buffer
                    for row in 0..<batch.tokenCount {
                        let word = batch.ids[row] * width
                        let position = batch.positions[row] * width
                        let type = batch.tokenTypes[row] * width
                        for column in 0..<width {
                            target[row * width + column] =
                                words[word + column] + positions[position + column]
                                + tokenTypes[type + column]
                        }
                    }
                }
            }
        }
        try norm.apply(to: rows, in: workspace)
    }
}
