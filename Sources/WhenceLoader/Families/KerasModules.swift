/// What the modules of a Keras backbone and its heads are called where weights are asked for.
struct KerasModules {
    /// The backbone's layers of the class `Dense`, in the order of the model.
    var backboneDense: [String] = []
    /// Below a layer: Keras's dense modules and those they are.
    var dense: [(keras: String, own: String)]
    /// Below a layer: Keras's layer norms and those they are.
    var norms: [(keras: String, own: String)]
    /// The classifier's layers of the class `Dense`, in the order of the model.
    var classifier: [String]
    /// The dense layer of a masked-language model's head.
    var transform: String
    /// The layer norm behind it.
    var transformNorm: String
    /// The bias of the decoder.
    var decoderBias: String
    private let family: ModelFamily

    init(_ family: ModelFamily) {
        self.family = family
        switch family {
        case .albert:
            backboneDense = ["albert/encoder/embedding_hidden_mapping_in", "albert/pooler"]
            dense = Self.dense(
                ["query", "key", "value", "dense"].map { "attention/\($0)" } + ["ffn", "ffn_output"])
            norms = Self.norms("attention/LayerNorm", "full_layer_layer_norm")
            classifier = ["classifier"]
            (transform, transformNorm) = ("predictions/dense", "predictions/LayerNorm")
            decoderBias = "predictions/decoder/bias"
        case .distilBert:
            dense = Self.dense(
                ["q_lin", "k_lin", "v_lin", "out_lin"].map { "attention/\($0)" } + ["ffn/lin1", "ffn/lin2"])
            norms = Self.norms("sa_layer_norm", "output_layer_norm")
            classifier = ["pre_classifier", "classifier"]
            (transform, transformNorm) = ("vocab_transform", "vocab_layer_norm")
            decoderBias = "vocab_projector/bias"
        case .bert, .electra, .gpt2, .bert4Rec, .sasRec:
            backboneDense = ["bert/pooler/dense"]
            (dense, norms) = (Self.bertDense(["query", "key", "value"]), Self.bertNorms)
            classifier = ["classifier"]
            (transform, transformNorm, decoderBias) = Self.head("mlm___cls/predictions")
        case .roberta, .xlmRoberta, .camembert:
            (dense, norms) = (Self.bertDense(["query", "key", "value"]), Self.bertNorms)
            classifier = ["classifier/dense", "classifier/out_proj"]
            (transform, transformNorm) = ("lm_head/dense", "lm_head/layer_norm")
            decoderBias = "lm_head/bias"
        case .debertaV2:
            dense = Self.bertDense(["query_proj", "key_proj", "value_proj"])
            norms = Self.bertNorms
            classifier = ["pooler/dense", "classifier"]
            (transform, transformNorm, decoderBias) = Self.head("cls/predictions")
        }
    }

    /// The module of the layer with a number.
    ///
    /// - Parameter innerLayerCount: how many layers a group of ALBERT's has.
    func layer(_ number: Int, _ innerLayerCount: Int) -> String {
        switch family {
        case .albert:
            "albert/encoder/albert_layer_groups_._\(number / innerLayerCount)/albert_layers_._"
                + "\(number % innerLayerCount)"
        case .distilBert: "distilbert/transformer/layer_._\(number)"
        default: "\(family.rootModule)/encoder/layer_._\(number)"
        }
    }

    private static func bertDense(_ projections: [String]) -> [(keras: String, own: String)] {
        dense(
            projections.map { "attention/self/\($0)" } + [
                "attention/output/dense", "intermediate/dense", "output/dense",
            ])
    }

    private static let bertNorms = norms("attention/output/LayerNorm", "output/LayerNorm")

    private static func head(_ module: String) -> (String, String, String) {
        ("\(module)/transform/dense", "\(module)/transform/LayerNorm", "\(module)/bias")
    }

    /// - Parameter own: of query, key, value, what follows them, and the two of the feed-forward network.
    private static func dense(_ own: [String]) -> [(keras: String, own: String)] {
        let attention = ["query_dense", "key_dense", "value_dense", "output_dense"]
        let names =
            attention.map { "_self_attention_layer/\($0)" }
            + ["_feedforward_intermediate_dense", "_feedforward_output_dense"]
        return zip(names, own).map { (keras: $0, own: $1) }
    }

    private static func norms(_ attention: String, _ output: String) -> [(keras: String, own: String)] {
        [
            (keras: "_self_attention_layer_norm", own: attention),
            (keras: "_feedforward_layer_norm", own: output),
        ]
    }
}
