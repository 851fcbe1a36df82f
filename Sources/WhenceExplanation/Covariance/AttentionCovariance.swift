internal import WhenceInference
internal import WhenceTensor

/// Reads the covariance of the nodes from the deepest attention layer.
///
/// Self-attention is read as the linear structural equation model `X = G·X + U`, whose solution
/// `X = (I − G)⁻¹U` has the attention matrix `A` in the place of `(I − G)⁻¹`. Latent confounders correlate
/// the `U`s and are covered because the graph learnt is a PAG (Rohekar, Gurwicz, Nisimov 2023, §3).
protocol AttentionCovariance: Sendable {
    /// The covariance of the groups of tokens in `layout`, one head's.
    ///
    /// - Parameters:
    ///   - trace: what the deepest layer saw.
    ///   - head: counted from 0.
    /// - Returns: `[groups, groups]`, symmetric and positive semi-definite.
    func covariance(_ trace: AttentionTrace, head: Int, layout: NodeLayout) -> SquareMatrix
}

extension CovarianceEstimator {
    var implementation: any AttentionCovariance {
        switch self {
        case .attention: AttentionMatrixCovariance()
        case .context: ContextCovariance()
        }
    }
}

/// `A·Aᵀ` of one head's attention matrix.
///
/// Pieces of one word are pooled before the product: attention *to* a word is the sum over its pieces,
/// attention *from* a word the mean over its pieces, so that rows stay stochastic.
struct AttentionMatrixCovariance: AttentionCovariance {
    func covariance(_ trace: AttentionTrace, head: Int, layout: NodeLayout) -> SquareMatrix {
        let tokenCount = trace.attention.shape[1]
        let groups = layout.groups
        var pooled = [Double](repeating: 0, count: groups.count * groups.count)
        trace.attention.withUnsafeBufferPointer { attention in
            let plane = head * tokenCount * tokenCount
            for (row, from) in groups.enumerated() {
                let share = 1 / Double(from.count)
                for (column, to) in groups.enumerated() {
                    var sum = 0.0
                    for i in from {
                        for j in to { sum += Double(attention[plane + i * tokenCount + j]) }
                    }
                    pooled[row * groups.count + column] = sum * share
                }
            }
        }
        return SquareMatrix(gramOf: pooled, count: groups.count, width: groups.count)
    }
}

/// The covariance of the attention layer's output vectors over the hidden dimensions of one head.
///
/// A word's vector is the mean over its pieces; every vector is centred over the dimensions, which are the
/// samples.
struct ContextCovariance: AttentionCovariance {
    func covariance(_ trace: AttentionTrace, head: Int, layout: NodeLayout) -> SquareMatrix {
        let headCount = trace.attention.shape[0]
        let hidden = trace.context.shape[1]
        let width = hidden / headCount
        let groups = layout.groups
        var vectors = [Double](repeating: 0, count: groups.count * width)
        trace.context.withUnsafeBufferPointer { context in
            for (row, tokens) in groups.enumerated() {
                let share = 1 / Double(tokens.count)
                var mean = 0.0
                for dimension in 0..<width {
                    var sum = 0.0
                    for token in tokens { sum += Double(context[token * hidden + head * width + dimension]) }
                    vectors[row * width + dimension] = sum * share
                    mean += sum * share
                }
                mean /= Double(width)
                for dimension in 0..<width { vectors[row * width + dimension] -= mean }
            }
        }
        var covariance = SquareMatrix(gramOf: vectors, count: groups.count, width: width)
        let scale = 1 / Double(max(width - 1, 1))
        for index in covariance.elements.indices { covariance.elements[index] *= scale }
        return covariance
    }
}
