internal import WhenceLoader
internal import WhenceTensor

/// `gain · (x − mean) / √(variance + epsilon) + shift`.
struct LayerNorm: Sendable {
    let gain: Tensor
    let shift: Tensor
    let epsilon: Float
    /// What an error calls this layer.
    let name: String

    init(_ place: Checkpoint, width: Int, epsilon: Float, name: String) throws {
        gain = try place.vector("gamma", width)
        shift = try place.vector("beta", width)
        self.epsilon = epsilon
        self.name = name
    }

    /// Reads a layer norm as wide as the hidden states.
    init(_ place: Checkpoint, _ configuration: ModelConfiguration, name: String) throws {
        try self.init(
            place, width: configuration.hiddenSize, epsilon: configuration.layerNormEpsilon, name: name)
    }

    /// Normalises every row in place.
    ///
    /// - Throws: `InferenceError.notFinite` if a row overflowed before it got here.
    func apply(to rows: MatrixView, in workspace: Workspace) throws(InferenceError) {
        guard workspace.compute.normalize(rows, gain: gain, shift: shift, epsilon: epsilon) else {
            throw .notFinite(place: name)
        }
    }
}
