/// How the tokens of BERT and its descendants know where they stand.
public enum PositionEmbedding: String, Sendable, Hashable, Codable, CaseIterable {
    /// By a table of positions that is added to the words.
    case absolute
    /// By a table of distances in every layer, whose rows queries are multiplied by.
    ///
    /// - Note: Shaw et al. 2018, *Self-Attention with Relative Position Representations*, arXiv 1803.02155.
    case relativeKey = "relative_key"
    /// By the same table, whose rows queries and keys are multiplied by.
    ///
    /// - Note: Huang et al. 2020, *Improve Transformer Models with Better Relative Position Embeddings*, arXiv
    ///   2009.13658, method 4.
    case relativeKeyQuery = "relative_key_query"
}

/// What GPT-2 divides the scores of its attention by.
public enum ScoreDivisor: String, Sendable, Hashable, Codable {
    /// `√headSize`.
    case headSize
    /// `√headSize` times the layer's number, counted from 1.
    case headSizeAndLayer
    /// The layer's number, counted from 1.
    case layer
    /// 1.
    case none

    /// The divisor in a layer.
    ///
    /// - Parameter layer: counted from 0.
    public func value(headSize: Int, layer: Int) -> Float {
        switch self {
        case .headSize: Float(headSize).squareRoot()
        case .headSizeAndLayer: Float(headSize).squareRoot() * Float(layer + 1)
        case .layer: Float(layer + 1)
        case .none: 1
        }
    }
}
