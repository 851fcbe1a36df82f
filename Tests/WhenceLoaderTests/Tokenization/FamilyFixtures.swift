import Foundation
import Testing

@testable import WhenceLoader

/// The frozen folders of all families, and what the reference libraries give for the texts beside them.
struct FamilyFixture: Sendable, CustomTestStringConvertible {
    /// The folder's name; `-fast` at its end says that it holds `tokenizer.json` alone, `keras-` at its beginning that
    /// it is a Keras preset.
    var name: String

    var testDescription: String { name }

    struct Pair: Decodable {
        var ids: [Int]
        var types: [Int]
    }

    struct Expected: Decodable {
        /// The architecture, as `config.json` names it; none for Keras.
        var modelType: String?
        /// All ids of each text.
        var ids: [[Int]]?
        /// The ids of each text without special tokens.
        var body: [[Int]]?
        var pairs: [Pair]?

        private enum CodingKeys: String, CodingKey {
            case modelType = "model_type"
            case ids, body, pairs
        }
    }

    /// What pairs are cut to.
    static let pairLength = 24

    static let huggingFace = [
        "albert", "albert-fast", "bert", "bert-cased", "bert-cased-fast", "bert-fast", "camembert",
        "camembert-fast",
        "deberta", "deberta-fast", "deberta-punctuation", "gpt2", "gpt2-fast", "gpt2-prefix", "roberta",
        "roberta-fast",
        "roberta-prefix", "xlm-roberta", "xlm-roberta-fast",
    ].map { FamilyFixture(name: $0) }

    static let keras = [
        "keras-albert", "keras-bert", "keras-bert-cased", "keras-bert-specials", "keras-deberta",
        "keras-roberta",
        "keras-roberta-prefix", "keras-xlm-roberta",
    ].map { FamilyFixture(name: $0) }

    static func texts() throws -> [String] {
        try TokenizerFixtures.decode([String].self, "families/texts.json")
    }

    var folder: URL { TokenizerFixtures.root.appending(path: "families/\(name)") }

    func expected() throws -> Expected {
        try TokenizerFixtures.decode(Expected.self, "families/\(name)/expected.json")
    }

    func tokenizer() throws -> any Tokenizer {
        try makeTokenizer(
            folder: folder.path, modelType: expected().modelType ?? "", vocabularySize: nil,
            choice: name.hasSuffix("-fast") ? .fast : .slow)
    }
}
