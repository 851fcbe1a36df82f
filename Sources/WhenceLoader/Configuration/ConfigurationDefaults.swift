/// What a class of transformers assumes where `config.json` says nothing, and what it calls its sizes there
/// (transformers 4.48.3, `configuration_*.py`).
struct ConfigurationDefaults {
    /// The names of fields that are not the same in every family.
    struct Names {
        var hiddenSize = "hidden_size"
        var intermediateSize = "intermediate_size"
        var layerCount = "num_hidden_layers"
        var headCount = "num_attention_heads"
        var positionCount = "max_position_embeddings"
        var activation = "hidden_act"
        /// `nil` where the class knows one epsilon only.
        var layerNormEpsilon: String? = "layer_norm_eps"
    }

    var names = Names()
    var vocabularySize = 30_522
    /// `nil` where embeddings are as wide as the hidden states.
    var embeddingSize: Int?
    var hiddenSize = 768
    /// `nil` for four times the hidden size.
    var intermediateSize: Int? = 3_072
    var layerCount = 12
    /// `nil` where no layer shares its weights.
    var groupCount: Int?
    var innerLayerCount = 1
    var headCount = 12
    var positionCount = 512
    /// `nil` where the family has no token types.
    var tokenTypeCount: Int? = 2
    var activation = "gelu"
    var layerNormEpsilon = 1e-12
    var padTokenID: Int? = 0
    /// Where `ModelConfiguration.paddingPosition` is.
    var paddingPosition: Int?

    /// The names under which a file states its sizes.
    ///
    /// DistilBERT's and GPT-2's classes take four of the other families' names too (`attribute_map`); where both are
    /// there, the library lets these go before their own.
    func names(in json: JSONObject) -> Names {
        let general = Names()
        let shared = [\Names.hiddenSize, \.layerCount, \.headCount, \.positionCount]
        var names = names
        for name in shared where json[general[keyPath: name]] != nil {
            names[keyPath: name] = general[keyPath: name]
        }
        return names
    }

    init(_ family: ModelFamily) {
        switch family {
        case .albert:
            vocabularySize = 30_000
            (embeddingSize, hiddenSize, intermediateSize) = (128, 4_096, 16_384)
            (groupCount, headCount) = (1, 64)
            activation = "gelu_new"
        case .bert:
            break
        case .distilBert:
            names = Names(
                hiddenSize: "dim", intermediateSize: "hidden_dim", layerCount: "n_layers",
                headCount: "n_heads", activation: "activation", layerNormEpsilon: nil)
            layerCount = 6
            tokenTypeCount = nil
        case .roberta, .xlmRoberta, .camembert:
            if family == .roberta { vocabularySize = 50_265 }
            padTokenID = 1
            // The TensorFlow classes number by this id even where pad_token_id is another.
            paddingPosition = 1
        case .electra:
            (embeddingSize, hiddenSize, intermediateSize, headCount) = (128, 256, 1_024, 4)
        case .debertaV2:
            vocabularySize = 128_100
            (hiddenSize, intermediateSize, layerCount, headCount) = (1_536, 6_144, 24, 24)
            tokenTypeCount = 0
            layerNormEpsilon = 1e-7
        case .gpt2:
            names = Names(
                hiddenSize: "n_embd", intermediateSize: "n_inner", layerCount: "n_layer",
                headCount: "n_head", positionCount: "n_positions", activation: "activation_function",
                layerNormEpsilon: "layer_norm_epsilon")
            vocabularySize = 50_257
            intermediateSize = nil
            positionCount = 1_024
            tokenTypeCount = nil
            activation = "gelu_new"
            layerNormEpsilon = 1e-5
            padTokenID = nil
        // Whence's own layout assumes no size.
        case .bert4Rec, .sasRec:
            break
        }
    }
}
