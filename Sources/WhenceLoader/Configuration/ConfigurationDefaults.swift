/// What a class of transformers assumes where `config.json` says nothing (transformers 4.48.3,
/// `configuration_albert.py` and `configuration_bert.py`).
struct ConfigurationDefaults {
    var vocabularySize: Int
    /// `nil` where embeddings are as wide as the hidden states.
    var embeddingSize: Int?
    var hiddenSize: Int
    var intermediateSize: Int
    var layerCount: Int
    /// `nil` where no layer shares its weights.
    var groupCount: Int?
    var innerLayerCount: Int
    var headCount: Int
    var positionCount: Int
    var tokenTypeCount: Int
    var activation: String
    var layerNormEpsilon: Double
    var padTokenID: Int

    init(_ family: ModelFamily) {
        switch family {
        case .albert:
            self.init(
                vocabularySize: 30_000, embeddingSize: 128, hiddenSize: 4_096, intermediateSize: 16_384,
                layerCount: 12, groupCount: 1, innerLayerCount: 1, headCount: 64, positionCount: 512,
                tokenTypeCount: 2, activation: "gelu_new", layerNormEpsilon: 1e-12, padTokenID: 0)
        case .bert:
            self.init(
                vocabularySize: 30_522, embeddingSize: nil, hiddenSize: 768, intermediateSize: 3_072,
                layerCount: 12, groupCount: nil, innerLayerCount: 1, headCount: 12, positionCount: 512,
                tokenTypeCount: 2, activation: "gelu", layerNormEpsilon: 1e-12, padTokenID: 0)
        }
    }

    private init(
        vocabularySize: Int, embeddingSize: Int?, hiddenSize: Int, intermediateSize: Int, layerCount: Int,
        groupCount: Int?, innerLayerCount: Int, headCount: Int, positionCount: Int, tokenTypeCount: Int,
        activation: String, layerNormEpsilon: Double, padTokenID: Int
    ) {
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
        self.padTokenID = padTokenID
    }
}
