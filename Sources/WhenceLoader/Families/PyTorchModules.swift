extension ModelFamily {
    /// The module that holds all but the head: the first step of keys and of PyTorch's names.
    var rootModule: String { String(weightPrefix.prefix { $0 != "/" }) }

    /// Whether a module belongs below the root; a model without head is saved without it.
    func isBaseModule(_ name: String) -> Bool {
        switch name {
        case "embeddings", "encoder", "embeddings_project": true
        // DeBERTa's pooler is the classifier's.
        case "pooler": self != .debertaV2
        case "transformer": self == .distilBert
        case "wte", "wpe", "ln_f": self == .gpt2
        default: self == .gpt2 && name.hasPrefix("h_._")
        }
    }

    /// The module that predicts tokens, below which PyTorch's classes keep a table where the word embedding does not
    /// serve for it.
    var decoder: String {
        switch self {
        case .albert: "predictions/decoder"
        case .bert: "mlm___cls/predictions/decoder"
        case .distilBert: "vocab_projector"
        case .roberta, .xlmRoberta, .camembert: "lm_head/decoder"
        case .electra: "generator_lm_head"
        case .debertaV2: "cls/predictions/decoder"
        case .gpt2: "lm_head"
        case .bert4Rec, .sasRec: "recommender/output"
        }
    }

    /// The key of the word embedding, and the second name that it has as a decoder.
    var decoderTwin: (key: String, twin: String) {
        let words = self == .gpt2 ? "wte" : "embeddings/word_embeddings"
        return ("\(rootModule)/\(words)/weight", "\(decoder)/weight")
    }

    /// Keys of decoders' biases, and the second names that PyTorch's classes have for them.
    var biasTwins: [(key: String, twin: String)] {
        switch self {
        case .albert: [("\(decoder)/bias", "predictions/bias")]
        case .bert: [("mlm___cls/predictions/bias", "\(decoder)/bias")]
        case .roberta, .xlmRoberta, .camembert: [("lm_head/bias", "\(decoder)/bias")]
        case .debertaV2: [("cls/predictions/bias", "\(decoder)/bias")]
        case .distilBert, .electra, .gpt2, .bert4Rec, .sasRec: []
        }
    }

    /// The family that a PyTorch file's names tell, RoBERTa for all that share its architecture.
    ///
    /// BERT, RoBERTa and ELECTRA without head have the same names, and are not told apart.
    init?(pyTorchNames names: some Sequence<String>) {
        let signs: [(String, ModelFamily)] = [
            ("albert.", .albert), ("bert.", .bert), ("distilbert.", .distilBert), ("roberta.", .roberta),
            ("electra.", .electra), ("deberta.", .debertaV2), ("transformer.h.", .gpt2), ("h.0.", .gpt2),
            ("transformer.layer.", .distilBert), ("encoder.albert_layer_groups.", .albert),
            ("embeddings_project.", .electra), ("encoder.layer.0.attention.self.query_proj.", .debertaV2),
        ]
        for name in names {
            if let sign = signs.first(where: { name.hasPrefix($0.0) }) {
                self = sign.1
                return
            }
        }
        return nil
    }
}
