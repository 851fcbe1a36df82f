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

    /// Keys, and the second names that PyTorch's classes have for the same weights: decoders are the word embedding.
    var twins: [(key: String, twin: String)] {
        let words = "\(rootModule)/embeddings/word_embeddings/weight"
        switch self {
        case .albert:
            return [(words, "predictions/decoder/kernel"), ("predictions/decoder/bias", "predictions/bias")]
        case .bert:
            let head = "mlm___cls/predictions"
            return [(words, "\(head)/decoder/kernel"), ("\(head)/bias", "\(head)/decoder/bias")]
        case .distilBert: return [(words, "vocab_projector/kernel")]
        case .roberta, .xlmRoberta, .camembert:
            return [(words, "lm_head/decoder/kernel"), ("lm_head/bias", "lm_head/decoder/bias")]
        case .electra: return [(words, "generator_lm_head/kernel")]
        case .debertaV2:
            let head = "cls/predictions"
            return [(words, "\(head)/decoder/kernel"), ("\(head)/bias", "\(head)/decoder/bias")]
        case .gpt2: return [("transformer/wte/weight", "lm_head/kernel")]
        case .bert4Rec, .sasRec: return []
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
