internal import WhenceLoader
internal import WhenceTensor

/// A convolution over neighbouring tokens, added to what a layer made of the same input.
struct NeighbourConvolution: Sendable {
    private let kernelSize: Int
    /// `[kernelSize · hidden, hidden]`.
    private let kernel: PackedMatrix
    private let activation: ProductEpilogue
    private let norm: LayerNorm

    /// Reads the kernel `[kernelSize, hidden, hidden]`, its bias and the layer norm.
    init(
        _ place: Checkpoint, _ shape: DisentangledAttention.Convolution, _ configuration: ModelConfiguration
    ) throws {
        let hidden = configuration.hiddenSize
        kernelSize = shape.kernelSize
        let kernel = try place.tensor("conv/kernel", shape: [kernelSize, hidden, hidden])
        self.kernel = try PackedMatrix(
            kernel.reshaped(to: [kernelSize * hidden, hidden]), bias: place.vector("conv/bias", hidden),
            precision: place.precision)
        activation = ProductEpilogue(shape.activation)
        norm = try LayerNorm(place["LayerNorm"], configuration, name: "the convolution")
    }

    /// `act(conv(input))` for every row, in memory of the workspace; beyond the ends of an input there are zeros.
    ///
    /// - Parameter input: `[tokens, hidden]`.
    func convolve(_ input: MatrixView, _ batch: Batch, in workspace: Workspace) throws -> MatrixView {
        let width = input.columnCount
        let neighbours = try workspace.neighbours.matrix(batch.tokenCount, kernelSize * width)
        for index in 0..<batch.inputCount {
            let rows = batch.rows(of: index)
            for row in rows {
                for place in 0..<kernelSize {
                    let start = (row * kernelSize + place) * width
                    let target = UnsafeMutableBufferPointer(
                        rebasing: neighbours.buffer[start..<start + width])
                    let source = row + place - kernelSize / 2
                    if rows.contains(source) {
                        _ = target.update(fromContentsOf: input[source..<source + 1].buffer)
                    } else {
                        target.update(repeating: 0)
                    }
                }
            }
        }
        let convolved = try workspace.convolved.matrix(batch.tokenCount, width)
        try workspace.compute.multiply(neighbours, by: kernel, epilogue: activation, into: convolved)
        return convolved
    }

    /// `x = LayerNorm(x + convolved)`, in place.
    func add(
        _ convolved: MatrixView, to result: LayerResult, _ batch: Batch, in workspace: Workspace
    ) throws {
        let rows =
            result.areAsked ? try batch.askedRows(of: convolved, into: workspace.askedConvolved) : convolved
        for (index, element) in rows.buffer.enumerated() { result.rows.buffer[index] += element }
        try norm.apply(to: result.rows, in: workspace)
    }
}
