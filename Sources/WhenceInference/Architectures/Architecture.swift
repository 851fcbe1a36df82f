internal import WhenceLoader
internal import WhenceTensor

/// One family of transformers: its weights, immutable once read, and its forward pass.
protocol Architecture: Sendable {
    /// Reads the weights.
    ///
    /// - Throws: `LoaderError` at the first tensor that is missing or has another shape than the configuration says.
    init(_ configuration: ModelConfiguration, _ checkpoint: Checkpoint) throws

    /// Runs a batch of valid inputs.
    ///
    /// - Parameter purpose: what is wanted; nothing else is computed where that saves time.
    /// - Throws: `InferenceError.notFinite`, `TensorError`, or `CancellationError` between two layers.
    func forward(_ batch: Batch, for purpose: Purpose, in workspace: Workspace) throws -> ForwardResult
}

/// What a forward pass is for.
enum Purpose {
    /// Only the logits.
    case logits
    /// Logits and what the deepest attention layer saw.
    case attention
    /// These and the last hidden states.
    case hiddenStates
}

/// What a forward pass found, in memory of the workspace: good until its next use.
struct ForwardResult {
    /// `[inputs, labels]` or `[positions asked for, vocabulary]`; nil without a head.
    let logits: MatrixView?
    /// `[tokens, hidden]`; only the rows that logits are asked of when nobody wants the others.
    let hidden: MatrixView
    /// Only in a trace.
    let record: AttentionRecord?
}

extension ForwardResult {
    /// Puts the head on what the layers made.
    init(_ result: LayerResult, below head: Head, _ batch: Batch, in workspace: Workspace) throws {
        self.init(
            logits: try head.logits(result, batch, in: workspace), hidden: result.rows,
            record: result.record)
    }
}
