internal import WhenceTensor

/// One layer of a transformer.
protocol Layer: Sendable {
    /// Runs the layer on `hidden` `[tokens, hidden]`, whose memory it may use for the result.
    ///
    /// - Parameter reach: which rows go on, and whether the attention is kept.
    /// - Throws: `InferenceError.notFinite`, `TensorError`.
    func apply(
        to hidden: MatrixView, _ batch: Batch, _ reach: Reach, in workspace: Workspace
    ) throws -> LayerResult
}

/// How far a layer's work reaches.
struct Reach {
    /// Whether only the rows that logits are asked of go on: in the deepest layer, when nobody wants the others.
    var onlyAskedRows = false
    /// Whether the attention is kept: in the deepest layer of a trace.
    var keepsAttention = false

    /// That of the deepest layer.
    init(_ purpose: Purpose, _ batch: Batch) {
        onlyAskedRows = purpose != .hiddenStates && batch.asked.count < batch.tokenCount
        keepsAttention = purpose != .logits
    }

    /// That of every other layer: all rows go on, nothing is kept.
    init() {}
}

/// What a layer hands on, in memory of the workspace.
struct LayerResult {
    /// `[tokens, hidden]`, or the rows that logits are asked of alone.
    var rows: MatrixView
    /// Whether only the rows that logits are asked of are there.
    var areAsked: Bool
    /// Only where the attention is kept.
    var record: AttentionRecord?
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

/// Layers in the order in which they run.
struct LayerStack<Element: Layer>: Sendable {
    let layers: [Element]

    /// Runs all layers.
    ///
    /// - Parameters:
    ///   - hidden: `[tokens, hidden]`; its memory is used for results.
    ///   - purpose: what is wanted of the deepest layer.
    /// - Throws: `CancellationError` if the task was cancelled, between two layers; as `Layer.apply`.
    func apply(
        to hidden: MatrixView, _ batch: Batch, for purpose: Purpose, in workspace: Workspace
    ) throws -> LayerResult {
        var result = LayerResult(rows: hidden, areAsked: false, record: nil)
        let deeper = batch.withoutRepeats
        for (index, layer) in layers.enumerated() {
            try Task.checkCancellation()
            let isDeepest = index == layers.count - 1
            result = try layer.apply(
                to: result.rows, index == 0 ? batch : deeper, isDeepest ? Reach(purpose, batch) : Reach(),
                in: workspace)
        }
        return result
    }
}

extension Batch {
    /// A copy of the rows that logits are asked of, in the order asked.
    ///
    /// - Throws: `TensorError.memory`.
    func askedRows(of rows: MatrixView, into buffer: FloatBuffer) throws -> MatrixView {
        let copy = try buffer.matrix(asked.count, rows.columnCount)
        for (index, row) in asked.enumerated() { copy.copyRow(from: rows, row, to: index) }
        return copy
    }
}
