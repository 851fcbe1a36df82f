internal import WhenceLoader
internal import WhenceTensor

/// What enters the layers: the sum of what the tables hold for a token, its position and its type.
struct Embedding: Sendable {
    /// `[vocabulary, width]`.
    let words: Tensor
    private let positions: Tensor?
    private let tokenTypes: Tensor?
    private let norm: LayerNorm?
    private let scale: Float

    /// - Parameters:
    ///   - words: `[vocabulary, width]`.
    ///   - positions: `[positions, width]`, or none.
    ///   - tokenTypes: `[types, width]`, or none.
    ///   - norm: the layer norm over the sum, if it follows at once.
    ///   - scale: what words are multiplied by before the rest is added.
    init(words: Tensor, positions: Tensor?, tokenTypes: Tensor?, norm: LayerNorm?, scale: Float = 1) {
        self.words = words
        self.positions = positions
        self.tokenTypes = tokenTypes
        self.norm = norm
        self.scale = scale
    }

    /// Reads the tables below `embeddings`, named as BERT names them, as far as the family has them.
    ///
    /// - Parameter norm: the layer norm over the sum, if it follows at once.
    init(_ place: Checkpoint, norm: LayerNorm?, _ configuration: ModelConfiguration) throws {
        let width = configuration.embeddingSize
        let types = configuration.tokenTypeCount
        self.init(
            words: try place.matrix("word_embeddings/weight", configuration.vocabularySize, width),
            positions: configuration.hasPositionTable
                ? try place.matrix("position_embeddings/embeddings", configuration.positionCount, width)
                : nil,
            tokenTypes: types > 0
                ? try place.matrix("token_type_embeddings/embeddings", types, width) : nil,
            norm: norm)
    }

    /// Reads the tables and the layer norm over their sum, named as BERT names them.
    init(_ place: Checkpoint, _ configuration: ModelConfiguration) throws {
        let norm = try LayerNorm(
            place["LayerNorm"], width: configuration.embeddingSize,
            epsilon: configuration.layerNormEpsilon, name: "the embedding")
        try self.init(place, norm: norm, configuration)
    }

    /// What a language model predicts tokens with, `[vocabulary, width]`: the words, or a table of its own at a place.
    func outputTable(_ place: Checkpoint, _ configuration: ModelConfiguration) throws -> Tensor {
        switch configuration.outputTable {
        case .tied: words
        case .own:
            try place.matrix("weight", configuration.vocabularySize, configuration.embeddingSize)
        }
    }

    /// Fills `rows` `[tokens, width]`.
    ///
    /// - Throws: `InferenceError.notFinite` if a sum overflows.
    /// - Note: Devlin et al. 2019, §3, figure 2.
    func embed(_ batch: Batch, into rows: MatrixView, in workspace: Workspace) throws(InferenceError) {
        let width = rows.columnCount
        words.withUnsafeBufferPointer { words in
            for (row, id) in batch.ids.enumerated() {
                let entry = UnsafeBufferPointer(rebasing: words[id * width..<(id + 1) * width])
                _ = rows[row..<row + 1].buffer.update(fromContentsOf: entry)
            }
        }
        if scale != 1 { for index in rows.buffer.indices { rows.buffer[index] *= scale } }
        if let positions { Self.add(positions, batch.positions, to: rows) }
        if let tokenTypes { Self.add(tokenTypes, batch.tokenTypes, to: rows) }
        try norm?.apply(to: rows, in: workspace)
    }

    /// Adds one entry of a table to every row.
    private static func add(_ table: Tensor, _ entries: [Int], to rows: MatrixView) {
        let width = rows.columnCount
        let target = rows.buffer
        table.withUnsafeBufferPointer { table in
            for (row, entry) in entries.enumerated() {
                for column in 0..<width { target[row * width + column] += table[entry * width + column] }
            }
        }
    }
}
