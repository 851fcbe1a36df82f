/// What one recommender of the families `bert4rec` and `sasrec` does otherwise than another.
///
/// Nearly every implementation of the two papers differs from the next in some of this, and the weights do not tell.
public struct RecommenderOptions: Sendable, Hashable, Codable {
    /// Where a history that is shorter than the model's window is filled up.
    public enum PaddingSide: String, Sendable, Hashable, Codable, CaseIterable {
        /// In front: positions are those at the window's end, so that the last item always has the last one.
        case left
        /// Behind: positions count from the window's start.
        case right
        /// Nowhere: positions count from the window's start.
        case none
    }

    /// What padding is for the other tokens.
    public enum PaddingStates: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing: no token attends to it, so that it is left out.
        case ignored
        /// A token as any other: the window is always full.
        case attended
        /// As `attended`, but the states of padding are set to zero in front of the blocks and behind each.
        case zeroed
    }

    /// Where a block has its layer norms.
    public enum BlockStyle: String, Sendable, Hashable, Codable, CaseIterable {
        /// Behind each residual connection, as BERT.
        case postNorm = "post_norm"
        /// In front of the attention and of the feed-forward network, beside the residual connection.
        case preNorm = "pre_norm"
        /// In front of the attention's queries only; keys and values are made of the input as it is, and the residual
        /// connections start from what is normalised. The original SASRec's.
        case queryNorm = "query_norm"
    }

    /// What a layer norm divides by.
    public enum LayerNormKind: String, Sendable, Hashable, Codable, CaseIterable {
        /// `√(variance + epsilon)`, of the population.
        case standard
        /// `deviation + epsilon`, of the sample: the sum of squares over one less than the width.
        case sampleDeviation = "sample_deviation"
    }

    /// The table that scores are made with.
    public enum OutputTable: String, Sendable, Hashable, Codable, CaseIterable {
        /// The embedding of the tokens.
        case tied
        /// One of its own.
        case own
    }

    /// What item embeddings are multiplied by before positions are added.
    public var embeddingScale: Float
    /// Where short histories are filled up.
    public var padding: PaddingSide
    /// What padding is for the other tokens.
    public var paddingStates: PaddingStates
    /// The first item's row in the table of positions, 0 or 1; `nil` without one. From 1, row 0 is padding's.
    public var positionOffset: Int?
    /// Whether a layer norm follows the sum of the embeddings.
    public var hasEmbeddingNorm: Bool
    /// Where the blocks have their layer norms.
    public var block: BlockStyle
    /// Whether a layer norm follows the last block.
    public var hasFinalNorm: Bool
    /// Epsilon of that norm.
    public var finalNormEpsilon: Float
    /// What every layer norm divides by.
    public var layerNorm: LayerNormKind
    /// The table that scores are made with.
    public var outputTable: OutputTable
    /// Whether scores have a bias an item.
    public var hasOutputBias: Bool
    /// Whether a dense layer, an activation and a layer norm stand before the scores, as in BERT.
    public var hasOutputTransform: Bool
    /// The token that stands for an item to be predicted; `nil` if `config.json` names none.
    public var maskTokenID: Int?

    /// Makes options; every field is as documented above, with the defaults of `config.json`.
    public init(
        embeddingScale: Float, padding: PaddingSide, paddingStates: PaddingStates, positionOffset: Int? = 0,
        hasEmbeddingNorm: Bool = false, block: BlockStyle, hasFinalNorm: Bool = false,
        finalNormEpsilon: Float, layerNorm: LayerNormKind = .standard, outputTable: OutputTable = .tied,
        hasOutputBias: Bool = false, hasOutputTransform: Bool = false, maskTokenID: Int? = nil
    ) {
        self.embeddingScale = embeddingScale
        self.padding = padding
        self.paddingStates = paddingStates
        self.positionOffset = positionOffset
        self.hasEmbeddingNorm = hasEmbeddingNorm
        self.block = block
        self.hasFinalNorm = hasFinalNorm
        self.finalNormEpsilon = finalNormEpsilon
        self.layerNorm = layerNorm
        self.outputTable = outputTable
        self.hasOutputBias = hasOutputBias
        self.hasOutputTransform = hasOutputTransform
        self.maskTokenID = maskTokenID
    }

    /// Rows of the table of positions for a window of `length` tokens; 0 without one.
    public func positionRowCount(_ length: Int) -> Int {
        positionOffset.map { length + $0 } ?? 0
    }
}
