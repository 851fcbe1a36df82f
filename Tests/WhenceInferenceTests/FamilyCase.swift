import Foundation
import WhenceTestSupport

/// A small model of one family, with the answers of the library that saved it.
struct FamilyCase: Decodable {
    struct Text: Decodable {
        var ids: [Int]
        var tokenTypes: [Int]?
        /// A classifier's.
        var logits: [Float]?
        /// A language model's at some positions.
        var logitRows: [String: [Float]]?
        /// Keras does not hand it out.
        var attention: [[[Float]]]?
        var hidden: [[Float]]

        enum CodingKeys: String, CodingKey {
            case ids
            case tokenTypes = "token_type_ids"
            case logits
            case logitRows = "logit_rows"
            case attention = "attention_last"
            case hidden = "hidden_last"
        }

        /// The positions whose logits are known, ascending.
        var positions: [Int]? { logitRows.map { $0.keys.compactMap(Int.init).sorted() } }
        /// All logits that are known, position after position; none for a bare encoder.
        var allLogits: [Float] {
            logits ?? (positions ?? []).flatMap { logitRows?["\($0)"] ?? [] }
        }
    }

    var texts: [Text]
    var batch: ClassifierCase.PaddedBatch?

    /// What each case tells apart is written in `make_families.py`.
    static let names = [
        "family_bert_heads_apart", "family_bert_pretraining", "family_bert_relu_one_label",
        "family_camembert_model",
        "family_debertav2_absolute", "family_debertav2_convolution", "family_debertav2_mlm",
        "family_debertav2_one_layer", "family_debertav2_separate", "family_debertav3",
        "family_distilbert_deep", "family_distilbert_mlm", "family_electra", "family_electra_mlm",
        "family_gpt2", "family_gpt2_classifier", "family_gpt2_model", "family_roberta",
        "family_roberta_mlm", "family_xlmr",
    ]

    /// Models that another library than TensorFlow's classes saved; what each case tells apart is written in
    /// `make_safetensors.py` and `make_keras.py`.
    static let foreignNames = [
        "keras_albert_kerasnlp07", "keras_albert_softmax", "keras_bert_float16", "keras_bert_sigmoid",
        "keras_debertav3_bfloat16", "keras_roberta_mish",
        "keras_distilbert", "keras_roberta_mlm", "keras_xlmr_sharded", "safetensors_albert_distances",
        "safetensors_bert_distances", "safetensors_bert_mlm_bfloat16", "safetensors_debertav2",
        "safetensors_debertav2_own_head", "safetensors_debertav2_untied", "safetensors_distilbert_untied",
        "safetensors_electra_bare_sharded", "safetensors_electra_untied", "safetensors_gpt2_divisors",
        "safetensors_gpt2_float16", "safetensors_roberta_decoder",
    ]

    static func model(_ name: String) -> String {
        Repository.fixture("models/\(name)/model").path
    }

    init(_ name: String) throws {
        let data = try Data(contentsOf: Repository.fixture("models/\(name)/expected.json"))
        self = try JSONDecoder().decode(Self.self, from: data)
    }
}
