internal import WhenceLoader
internal import WhenceTensor

/// The position-wise feed-forward network with its residual connection and layer norm.
struct FeedForward: Sendable {
    private let inner: PackedMatrix
    private let outer: PackedMatrix
    private let activation: ProductEpilogue
    private let norm: LayerNorm

    /// Reads the two dense layers and the layer norm, wherever the architecture keeps them.
    init(
        inner: Checkpoint, outer: Checkpoint, norm: Checkpoint, _ configuration: ModelConfiguration,
        name: String
    ) throws {
        let hidden = configuration.hiddenSize
        let intermediate = configuration.intermediateSize
        self.inner = try PackedMatrix(inner, hidden, intermediate)
        self.outer = try PackedMatrix(outer, intermediate, hidden)
        activation = ProductEpilogue(configuration.activation)
        self.norm = try LayerNorm(
            norm, width: hidden, epsilon: configuration.layerNormEpsilon,
            name: "\(name)'s feed-forward network")
    }

    /// `x = LayerNorm(x + act(x·W₁ + b₁)·W₂ + b₂)`, in place.
    ///
    /// - Parameter hidden: `[rows, hidden]`.
    /// - Note: Vaswani et al. 2017, §3.3.
    func apply(to hidden: MatrixView, in workspace: Workspace) throws {
        let intermediate = workspace.intermediate.matrix(hidden.rowCount, inner.columnCount)
        try workspace.compute.multiply(hidden, by: inner, epilogue: activation, into: intermediate)
        try workspace.compute.multiply(intermediate, by: outer, epilogue: .accumulate, into: hidden)
        try norm.apply(to: hidden, in: workspace)
    }
}
