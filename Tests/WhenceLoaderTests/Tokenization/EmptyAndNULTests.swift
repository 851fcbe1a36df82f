import Foundation
import Testing

@testable import WhenceLoader

@Suite("Empty texts and texts with NUL are what the libraries make of them")
struct EmptyAndNULTests {
    private static func tokenizer(_ folder: String, _ model: String) throws -> any Tokenizer {
        try makeTokenizer(
            folder: TokenizerFixtures.root.appending(path: "families/\(folder)").path, modelType: model,
            vocabularySize: nil, choice: folder.hasSuffix("-fast") ? .fast : .slow)
    }

    /// The tokenizers library makes a pair of it, and so do transformers' slow classes and the fast ones for a batch.
    /// Only the fast ones' call with a single pair leaves an empty second text out.
    @Test(
        "An empty second text is a text",
        arguments: [
            ("bert", "bert", [2, 156, 3, 3]), ("bert-fast", "bert", [2, 156, 3, 3]),
            ("roberta", "roberta", [0, 74, 304, 81, 2, 2, 2]),
            ("roberta-fast", "roberta", [0, 420, 2, 2, 2]),
        ])
    func emptySecond(folder: String, model: String, ids: [Int]) throws {
        let tokenizer = try Self.tokenizer(folder, model)
        let pair = try tokenizer.encodePair("film", "", maximumLength: 99)
        #expect(pair.ids == ids)
        #expect(pair.second.words.isEmpty && pair.second.unseenFrom == nil)
    }

    private static let texts = ["The film\0 was good", "\0film", "a\0\0b good", "é\0é", "[CLS]\0[SEP]"]

    /// KerasHub 0.19.3: byte pairs and words end at NUL, SentencePiece has it as a character it does not know.
    private static let keras: [(folder: String, ids: [[Int]])] = [
        (
            "keras-albert",
            [
                [81, 86, 1, 5, 22, 10, 6, 5, 21, 125], [5, 1, 36, 14, 13, 24], [20, 1, 57, 5, 21, 125],
                [5, 1],
                [5, 178, 72, 78, 56, 176, 1, 178, 56, 41, 77, 176],
            ]
        ),
        ("keras-bert", [[98, 156], [], [31], [1], [1, 294, 68, 1]]),
        (
            "keras-deberta",
            [
                [82, 91, 3, 4, 22, 9, 5, 68, 131], [4, 3, 32, 13, 10, 21], [20, 3, 43, 68, 131], [4, 3],
                [4, 135, 78, 108, 57, 137, 3, 135, 57, 46, 81, 137],
            ]
        ),
        ("keras-roberta", [[56, 330, 367], [], [69], [132, 107], [63, 39, 48, 55, 65]]),
        (
            "keras-roberta-prefix",
            [[306, 330, 367], [225], [261], [225, 132, 107], [225, 63, 39, 48, 55, 65]]
        ),
        (
            "keras-xlm-roberta",
            [
                [78, 84, 3, 4, 22, 9, 5, 4, 28, 130], [4, 3, 34, 18, 10, 21], [20, 3, 39, 4, 28, 130],
                [4, 3],
                [4, 92, 71, 98, 62, 93, 3, 92, 62, 54, 69, 93],
            ]
        ),
    ]

    @Test("Texts with NUL in Keras presets", arguments: keras.indices)
    func nul(index: Int) throws {
        let (folder, expected) = Self.keras[index]
        let tokenizer = try Self.tokenizer(folder, "bert")
        for (text, ids) in zip(Self.texts, expected) {
            let tokens = try tokenizer.encode(text, maximumLength: 99).tokens
            #expect(tokens.dropFirst().dropLast().map(\.id) == ids, "\(folder): \(text.debugDescription)")
        }
    }
}
