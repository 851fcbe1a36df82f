internal import WhenceLoader
internal import WhenceTensor

/// `gain · (x − mean) / √(variance + epsilon) + shift`, or `gain · (x − mean) / (deviation + epsilon) + shift`.
struct LayerNorm: Sendable {
    let gain: Tensor
    let shift: Tensor
    let epsilon: Float
    /// What it divides by.
    let kind: RecommenderOptions.LayerNormKind
    /// What an error calls this layer.
    let name: String

    init(
        _ place: Checkpoint, width: Int, epsilon: Float, kind: RecommenderOptions.LayerNormKind = .standard,
        name: String
    ) throws {
        gain = try place.vector("gamma", width)
        shift = try place.vector("beta", width)
        self.epsilon = epsilon
        self.kind = kind
        self.name = name
    }

    /// Reads a layer norm as wide as the hidden states.
    ///
    /// - Parameter epsilon: the layers' own if not given.
    init(
        _ place: Checkpoint, _ configuration: ModelConfiguration, epsilon: Float? = nil, name: String
    ) throws {
        try self.init(
            place, width: configuration.hiddenSize, epsilon: epsilon ?? configuration.layerNormEpsilon,
            kind: configuration.recommender?.layerNorm ?? .standard, name: name)
    }

    /// Normalises every row in place.
    ///
    /// - Throws: `InferenceError.notFinite` if a row overflowed before it got here.
    func apply(to rows: MatrixView, in workspace: Workspace) throws(InferenceError) {
        let isFinite =
            switch kind {
            case .standard: workspace.compute.normalize(rows, gain: gain, shift: shift, epsilon: epsilon)
            case .sampleDeviation: divideByDeviation(rows)
            }
        guard isFinite else { throw .notFinite(place: name) }
    }

    /// `gain · (x − mean) / (deviation + epsilon) + shift` of every row, in place, with the deviation of the sample.
    ///
    /// - Returns: whether every deviation was finite.
    /// - Note: The layer norm of Rush 2018, *The Annotated Transformer*, which many recommenders took over.
    private func divideByDeviation(_ rows: MatrixView) -> Bool {
        let width = rows.columnCount
        let elements = rows.buffer
        return gain.withUnsafeBufferPointer { gain in
            shift.withUnsafeBufferPointer { shift in
                for row in 0..<rows.rowCount {
                    let row = UnsafeMutableBufferPointer(
                        rebasing: elements[row * width..<(row + 1) * width])
                    let mean = row.reduce(0, +) / Float(width)
                    let squares = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                    let divisor = (squares / Float(width - 1)).squareRoot() + epsilon
                    guard divisor.isFinite else { return false }
                    for column in 0..<width {
                        row[column] = gain[column] * (row[column] - mean) / divisor + shift[column]
                    }
                }
                return true
            }
        }
    }
}
