internal import WhenceLoader
internal import WhenceTensor

/// Multi-head self-attention with its residual connection and layer norm.
struct SelfAttention: Sendable {
    private let headCount: Int
    private let queryKeyValue: PackedMatrix
    private let output: PackedMatrix
    private let norm: LayerNorm

    /// Reads the four dense layers and the layer norm, wherever the architecture keeps them.
    init(
        query: Checkpoint, key: Checkpoint, value: Checkpoint, output: Checkpoint, norm: Checkpoint,
        _ configuration: ModelConfiguration, name: String
    ) throws {
        let hidden = configuration.hiddenSize
        headCount = configuration.headCount
        queryKeyValue = try PackedMatrix(sideBySide: [query, key, value], hidden, hidden)
        self.output = try PackedMatrix(output, hidden, hidden)
        self.norm = try LayerNorm(
            norm, width: hidden, epsilon: configuration.layerNormEpsilon, name: "\(name)'s attention")
    }

    /// `x = LayerNorm(x + softmax(QKᵀ/√d)·V·Wₒ + bₒ)`, in place.
    ///
    /// - Parameters:
    ///   - hidden: `[tokens, hidden]`.
    ///   - reach: which rows go on, and whether the attention is kept.
    /// - Returns: the rows that go on, and what was kept.
    /// - Note: Vaswani et al. 2017, §3.2; Devlin et al. 2019, §3.
    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> (hidden: MatrixView, record: AttentionRecord?) {
        let compute = workspace.compute
        let width = hidden.columnCount
        let projected = workspace.queryKeyValue.matrix(batch.tokenCount, 3 * width)
        try compute.multiply(hidden, by: queryKeyValue, into: projected)

        let rowCount = reach.asking == .all ? batch.tokenCount : batch.inputCount
        let context = workspace.context.matrix(rowCount, width)
        let weights = reach.keepsAttention ? workspace.attention.matrix(1, weightCount(of: batch)) : nil
        compute.attend(
            projected, offsets: batch.offsets, headCount: headCount, asking: reach.asking, into: context,
            weights: weights)

        let residual = reach.asking == .all ? hidden : batch.firstRows(of: hidden)
        try compute.multiply(context, by: output, epilogue: .accumulate, into: residual)
        try norm.apply(to: residual, in: workspace)
        let record = weights.map {
            AttentionRecord(headCount: headCount, weights: $0, queryKeyValue: projected, context: context)
        }
        return (residual, record)
    }

    private func weightCount(of batch: Batch) -> Int {
        (0..<batch.inputCount).reduce(0) {
            $0 + headCount * batch.rows(of: $1).count * batch.rows(of: $1).count
        }
    }
}

/// How far a layer's work reaches.
enum Reach {
    /// All rows go on, nothing is kept: every layer but the deepest.
    case inner
    /// All rows go on: the deepest layer when every hidden state is wanted.
    case deepest
    /// Only every input's first row goes on: the deepest layer below a pooled classifier.
    case deepestFirstRows
    /// All rows go on and the attention is kept: the deepest layer of a trace.
    case deepestRecorded

    var asking: AskingRows { self == .deepestFirstRows ? .first : .all }
    var keepsAttention: Bool { self == .deepestRecorded }
}

/// What the deepest attention layer did, in memory of the workspace: good until its next use.
struct AttentionRecord {
    let headCount: Int
    /// `[heads, n, n]` of every input, one after the other.
    let weights: MatrixView
    /// `[tokens, 3·hidden]`: queries, keys, values.
    let queryKeyValue: MatrixView
    /// `[tokens, hidden]`.
    let context: MatrixView
}

extension Batch {
    /// Moves every input's first row to the front, and gives those rows.
    func firstRows(of rows: MatrixView) -> MatrixView {
        // Ascending: a row moves to a lower place, which was read before.
        for input in 0..<inputCount { rows.copyRow(from: rows, offsets[input], to: input) }
        return rows[0..<inputCount]
    }
}
