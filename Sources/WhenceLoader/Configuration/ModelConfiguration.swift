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
    /// Rows of the token-type embedding (T); 0 without one, and then token types are not looked at.
    public var tokenTypeCount: Int
    /// Activation of the feed-forward layers.
    public var activation: Activation
    /// Epsilon inside the square root of every layer norm of the layers and the embedding.
    public var layerNormEpsilon: Float
    /// Activation between the two layers of the head, where it has two.
    public var headActivation: Activation
    /// Epsilon of the layer norm in a language model's head.
    public var headLayerNormEpsilon: Float
    /// Width between the two layers of a classifier, where it has two.
    public var pooledSize: Int
    /// How tokens know where they stand, in BERT and its descendants but for DistilBERT and DeBERTa.
    public var positionEmbedding = PositionEmbedding.absolute
    /// What scores of attention are divided by; DeBERTa counts its terms in besides.
    public var scoreDivisor = ScoreDivisor.headSize
    /// Whether a token of a descendant of BERT attends to itself and to earlier ones only.
    public var isDecoder = false
    /// What a language model predicts tokens with: the word embedding, or a table of its own.
    public var outputTable = RecommenderOptions.OutputTable.tied
    /// One name a class, in index order; empty without a classifier.
    public var labels: [String]
    /// What the library applies to a classifier's logits. Whence's logits are those before it.
    public var outputActivation = OutputActivation.none
    /// What the logits of a classifier choose.
    public var labelChoice: LabelChoice
    /// What is applied to the sums of a classifier's last layer to make logits; `nil` where they are the logits.
    public var outputFunction: OutputFunction?
    /// Id of the padding token; `nil` if there is none.
    public var padTokenID: Int?
    /// Where positions are numbered as RoBERTa does: the id of padding tokens and also their position, from which
    /// the other tokens count on. `nil` where positions count from 0, whatever the tokens are.
    public var paddingPosition: Int?
    /// What DeBERTa's attention adds; `nil` for other families.
    public var disentangledAttention: DisentangledAttention?
    /// What recommenders in Whence's own layout do otherwise than each other; `nil` for other families.
    public var recommender: RecommenderOptions?

    /// Width of one attention head.
    public var headSize: Int { hiddenSize / headCount }

    /// Logits of a classifier: one a label, but for the two that one number tells apart.
    public var logitCount: Int { outputActivation == .sigmoidOfSecond ? 1 : labels.count }

    /// Whether positions are added to the embedding out of a table.
    public var hasPositionTable: Bool {
        positionEmbedding == .absolute && disentangledAttention?.hasAbsolutePositions ?? true
    }

    /// The most tokens of one input.
    public var maximumTokenCount: Int { positionCount - (paddingPosition.map { $0 + 1 } ?? 0) }

    /// Makes a configuration; every field is as documented above.
    ///
    /// The fields of the head are the family's own where they are not given.
    public init(
        family: ModelFamily, head: ModelHead, vocabularySize: Int, embeddingSize: Int, hiddenSize: Int,
        intermediateSize: Int, layerCount: Int, groupCount: Int, innerLayerCount: Int, headCount: Int,
        positionCount: Int, tokenTypeCount: Int, activation: Activation, layerNormEpsilon: Float,
        headActivation: Activation? = nil, headLayerNormEpsilon: Float? = nil, pooledSize: Int? = nil,
        labels: [String], labelChoice: LabelChoice = .one, padTokenID: Int?,
        paddingPosition: Int? = nil, disentangledAttention: DisentangledAttention? = nil
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
        self.headActivation = headActivation ?? head.activation(family, inner: activation)
        self.headLayerNormEpsilon = headLayerNormEpsilon ?? layerNormEpsilon
        self.pooledSize = pooledSize ?? hiddenSize
        self.labels = labels
        self.labelChoice = labelChoice
        self.padTokenID = padTokenID
        self.paddingPosition = paddingPosition
        self.disentangledAttention = disentangledAttention
    }
}
