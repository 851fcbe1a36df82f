/// The architectures whose weights Whence reads, by the name that `config.json` gives them.
public enum ModelFamily: String, Sendable, Hashable, Codable, CaseIterable {
    /// Lan et al. 2020, *ALBERT: A Lite BERT*: factorised embeddings, layers shared within groups.
    case albert
    /// Devlin et al. 2019, *BERT*.
    case bert
}

/// What stands on top of the encoder.
public enum ModelHead: String, Sendable, Hashable, Codable {
    /// A pooled classifier with one logit a label.
    case sequenceClassification
    /// A vocabulary-wide prediction at every position.
    case maskedLanguageModel
    /// No head: hidden states only.
    case encoder
}

/// Activation functions of feed-forward layers and heads.
public enum Activation: String, Sendable, Hashable, Codable {
    /// `x·Φ(x)` with the exact error function.
    case gelu
    /// The tanh approximation `0.5x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
    case geluNew = "gelu_new"
    /// `max(0, x)`.
    case relu
    /// Hyperbolic tangent.
    case tanh
    /// `x·σ(x)`.
    case silu
}

/// The sizes and choices of a transformer, read from `config.json` with each class's defaults filled in.
public struct ModelConfiguration: Sendable, Hashable, Codable {
    /// The architecture.
    public var family: ModelFamily
    /// What stands on top of the encoder.
    public var head: ModelHead
    /// Rows of the word embedding.
    public var vocabularySize: Int
    /// Width of the embeddings (E); equal to `hiddenSize` where embeddings are not factorised.
    public var embeddingSize: Int
    /// Width of the hidden states (H).
    public var hiddenSize: Int
    /// Width of the feed-forward layers (F).
    public var intermediateSize: Int
    /// Layers as the configuration counts them.
    public var layerCount: Int
    /// Groups of layers that share weights (ALBERT); `layerCount` where nothing is shared.
    public var groupCount: Int
    /// Layers inside a group that run after each other (ALBERT); otherwise 1.
    public var innerLayerCount: Int
    /// Attention heads a layer.
    public var headCount: Int
    /// Rows of the position embedding (P).
    public var positionCount: Int
    /// Rows of the token-type embedding (T).
    public var tokenTypeCount: Int
    /// Activation of the feed-forward layers.
    public var activation: Activation
    /// Epsilon inside the square root of every layer norm.
    public var layerNormEpsilon: Float
    /// One name a class, in index order; empty without a classifier.
    public var labels: [String]
    /// Id of the padding token.
    public var padTokenID: Int

    /// Width of one attention head.
    public var headSize: Int { hiddenSize / headCount }

    /// Makes a configuration; every field is as documented above.
    public init(
        family: ModelFamily, head: ModelHead, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int,
        intermediateSize: Int, layerCount: Int, groupCount: Int, innerLayerCount: Int, headCount: Int,
        positionCount: Int, tokenTypeCount: Int, activation: Activation, layerNormEpsilon: Float,
        labels: [String], padTokenID: Int
    ) {
        self.family = family
        self.head = head
        self.vocabularySize = vocabularySize
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        self.intermediateSize = intermediateSize
        self.layerCount = layerCount
        self.groupCount = groupCount
        self.innerLayerCount = innerLayerCount
        self.headCount = headCount
        self.positionCount = positionCount
        self.tokenTypeCount = tokenTypeCount
        self.activation = activation
        self.layerNormEpsilon = layerNormEpsilon
        self.labels = labels
        self.padTokenID = padTokenID
    }
}
