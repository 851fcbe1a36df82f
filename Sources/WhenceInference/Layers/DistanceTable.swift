internal import WhenceLoader
internal import WhenceTensor

extension AttentionForm {
    /// Which tokens a token of BERT and its descendants sees, and the table of distances that is added to scores where
    /// positions are not in the embedding.
    ///
    /// Query `i` and key `j` have the row `i − j + positions − 1` of `[2·positions − 1, headSize]`, in every head.
    /// - Parameter place: where the layer's table is.
    init(distances place: Checkpoint, _ configuration: ModelConfiguration) throws {
        guard configuration.positionEmbedding != .absolute else {
            self = configuration.isCausal ? .causal : .everywhere
            return
        }
        let furthest = configuration.positionCount - 1
        // ALBERT's class adds these scores behind the division by √headSize, the others in front of it.
        let scale = configuration.family == .albert ? Float(configuration.headSize).squareRoot() : 1
        let table = try place.matrix("weight", 2 * furthest + 1, configuration.headSize)
            .repeatingColumns(configuration.headCount, times: scale)
        self = .relative(
            RelativePositionScores(
                keys: table, queries: configuration.positionEmbedding == .relativeKeyQuery ? table : nil,
                rows: Array(0...2 * furthest)))
    }
}

extension Tensor {
    /// A matrix whose rows are those of this one multiplied by `scale`, `count` times side by side.
    fileprivate func repeatingColumns(_ count: Int, times scale: Float) throws(TensorError) -> Tensor {
        let width = shape[1]
        return try Tensor(shape: [shape[0], count * width], orThrow: TensorError.memory) {
            target throws(TensorError) in
            withUnsafeBufferPointer { source in
                for index in target.indices {
                    target[index] = scale * source[index / (count * width) * width + index % width]
                }
            }
        }
    }
}
