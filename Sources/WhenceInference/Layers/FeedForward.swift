internal import WhenceLoader
internal import WhenceTensor

/// The position-wise feed-forward network, added to the residual connection.
struct FeedForward: Sendable {
    private let inner: PackedMatrix
    private let outer: PackedMatrix
    private let activation: ProductEpilogue

    init(inner: PackedMatrix, outer: PackedMatrix, _ activation: Activation) {
        self.inner = inner
        self.outer = outer
        self.activation = ProductEpilogue(activation)
    }

    /// Reads the two dense layers, wherever the architecture keeps them.
    init(inner: Checkpoint, outer: Checkpoint, _ configuration: ModelConfiguration) throws {
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        self.init(
            inner: try PackedMatrix(inner, hidden, intermediate),
            outer: try PackedMatrix(outer, intermediate, hidden), configuration.activation)
    }

    /// `residual += act(input·W₁ + b₁)·W₂ + b₂`.
    ///
    /// - Parameters:
    ///   - input: `[rows, hidden]`.
    ///   - residual: `[rows, hidden]`; may be `input`.
    /// - Note: Vaswani et al. 2017, §3.3.
    func apply(to input: MatrixView, addingTo residual: MatrixView, in workspace: Workspace) throws {
        let intermediate = try workspace.intermediate.matrix(input.rowCount, inner.columnCount)
        try workspace.compute.multiply(input, by: inner, epilogue: activation, into: intermediate)
        try workspace.compute.multiply(intermediate, by: outer, epilogue: .accumulate, into: residual)
    }
}
