internal import WhenceLoader
internal import WhenceTensor

/// DeBERTa's table of relative positions, from which every layer makes its position keys and queries.
///
/// They depend on no input, so they are made once, when the model is read, and take `4·span·hidden` floats a layer.
struct PositionTable {
    private let rows: MatrixView
    private let rowOfDistance: [Int]
    private let compute: ComputeContext

    /// Reads the table below `encoder`, and the layer norm over it if there is one.
    init(_ place: Checkpoint, _ positions: RelativePositions, _ configuration: ModelConfiguration) throws {
        let shape = (rows: 2 * positions.span, columns: configuration.hiddenSize)
        let table = try place.matrix("rel_embeddings.weight", shape.rows, shape.columns)
        let workspace = try Workspace()
        let rows = try workspace.hidden.matrix(shape.rows, shape.columns)
        table.withUnsafeBufferPointer { _ = rows.buffer.update(fromContentsOf: $0) }
        if positions.isNormalized {
            let norm = try LayerNorm(place["LayerNorm"], configuration, name: "the relative positions")
            try norm.apply(to: rows, in: workspace)
        }
        self.rows = rows
        compute = workspace.compute
        let furthest = configuration.positionCount - 1
        rowOfDistance = (-furthest...furthest).map { positions.row(ofDistance: $0) }
    }

    /// The table projected: `[2·span, columns]`, in memory of its own.
    func projected(by matrix: PackedMatrix) throws -> MatrixView {
        let result = try FloatBuffer().matrix(rows.rowCount, matrix.columnCount)
        try compute.multiply(rows, by: matrix, into: result)
        return result
    }

    /// What a layer's position keys and queries add to its scores.
    func scores(keys: Tensor?, queries: Tensor?) -> AttentionForm {
        .relative(RelativePositionScores(keys: keys, queries: queries, rows: rowOfDistance))
    }
}
