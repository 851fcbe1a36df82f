import Foundation
import WhenceTestSupport

/// A model folder with the answers of the library that saved it.
///
/// The library's float32 and a float64 calculation from the same files differ by up to 1e-5 in logits, 6e-6 in
/// attention and 2e-5 in hidden states; mistakes such as another activation, epsilon or layer order show as 5e-4
/// or more. So: 1e-4 for logits and hidden states, 1e-5 for attention.
enum Tolerance {
    static let logits: Float = 1e-4
    static let attention: Float = 1e-5
    static let hidden: Float = 1e-4
}

/// Cases of classifiers, with all texts' logits and some texts' attention and hidden states.
struct ClassifierCase: Decodable {
    struct Text: Decodable {
        var ids: [Int]
        var tokenTypes: [Int]?
        var logits: [Float]
        var attention: [[[Float]]]?
        var hidden: [[Float]]?

        enum CodingKeys: String, CodingKey {
            case ids
            case tokenTypes = "token_type_ids"
            case logits
            case attention = "attention_last"
            case hidden = "hidden_last"
        }
    }

    /// The library's run of several texts at once, padded to one length.
    struct PaddedBatch: Decodable {
        var indices: [Int]
        var logits: [[Float]]
    }

    var texts: [Text]
    var batch: PaddedBatch

    static let names = [
        "tf_albert_groups_seqcls", "tf_albert_seqcls", "tf_bert_cased_seqcls", "tf_bert_seqcls",
        "tf_bert_seqcls_sharded",
    ]

    static func model(_ name: String) -> String {
        Repository.fixture("models/\(name)/model").path
    }

    init(_ name: String) throws {
        let data = try Data(contentsOf: Repository.fixture("models/\(name)/expected.json"))
        self = try JSONDecoder().decode(Self.self, from: data)
    }
}

/// Texts of masked-language models, every array flat.
struct MaskedLanguageText: Decodable {
    var ids: [Int]
    var logits: [Float]
    var attention: [Float]
    var hidden: [Float]

    static let names = ["tf_albert_mlm", "tf_bert4rec"]

    static func model(_ name: String) -> String {
        Repository.fixture("inference/\(name)").path
    }

    static func all(_ name: String) throws -> [MaskedLanguageText] {
        let data = try Data(contentsOf: Repository.fixture("inference/\(name)/expected.json"))
        return try JSONDecoder().decode([MaskedLanguageText].self, from: data)
    }
}
