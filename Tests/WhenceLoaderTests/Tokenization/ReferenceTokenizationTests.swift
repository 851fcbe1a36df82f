import Foundation
import Testing

@testable import WhenceLoader

@Suite("Tokens are those of the reference libraries")
struct ReferenceTokenizationTests {
    @Test("Ids and pieces are the slow tokenizer's", arguments: ["albert", "bert", "bert-cased"])
    func slowTokenizers(folder: String) throws {
        let frozen = try TokenizerFixtures.texts()
        let cases = try TokenizerFixtures.decode([TokenizerFixtures.Case].self, "\(folder)/expected.json")
        for expected in cases {
            let tokenizer = try tokenizer(folder, changing: expected.settings)
            let texts = expected.texts ?? frozen
            try #require(expected.ids.count == texts.count)
            for (index, text) in texts.enumerated() {
                let encoded = try tokenizer.encode(text, maximumLength: 512)
                #expect(encoded.ids == expected.ids[index], "\(text.debugDescription), \(expected.settings)")
                if let pieces = expected.pieces {
                    #expect(encoded.tokens.map(\.piece) == pieces[index], "\(text.debugDescription)")
                }
            }
        }
    }

    @Test("Pieces are the sentencepiece library's", arguments: ["bpe", "bytes", "rules", "suffix"])
    func smallModels(name: String) throws {
        let model = try TokenizerFixtures.smallModel(name)
        let cuts = try TokenizerFixtures.decode(TokenizerFixtures.Cuts.self, "small/\(name).json")
        for (index, text) in cuts.texts.enumerated() {
            let (normalized, pieces) = try model.pieces(of: TracedText(original: text))
            #expect(pieces.map(\.id) == cuts.ids[index], "\(text.debugDescription)")
            let spellings = pieces.map { piece in
                model.file.pieces[piece.id].type == .byte
                    ? model.spelling(piece.id) ?? ""
                    : String(decoding: normalized.bytes[piece.range].map(\.value), as: UTF8.self)
            }
            #expect(spellings == cuts.pieces[index], "\(text.debugDescription)")
        }
    }

    @Test("A tokenizer may be used from many threads at once")
    func threads() async throws {
        let texts = try TokenizerFixtures.texts()
        let tokenizer = try TokenizerFixtures.tokenizer("albert")
        let alone = try texts.map { try tokenizer.encode($0, maximumLength: 512).ids }
        try await withThrowingTaskGroup(of: [[Int]].self) { group in
            for _ in 0..<4 {
                group.addTask { try texts.map { try tokenizer.encode($0, maximumLength: 512).ids } }
            }
            for try await together in group { #expect(together == alone) }
        }
    }

    /// The tokenizer of a folder with some settings changed.
    private func tokenizer(_ folder: String, changing settings: [String: TokenizerJSON]) throws
        -> any Tokenizer
    {
        if settings.isEmpty { return try TokenizerFixtures.tokenizer(folder) }
        var config = try TokenizerFixtures.decode(
            [String: TokenizerJSON].self, "\(folder)/tokenizer_config.json")
        config.merge(settings) { $1 }
        let vocabulary = folder == "albert" ? "spiece.model" : "vocab.txt"
        let files = [
            vocabulary: try TokenizerFixtures.bytes("\(folder)/\(vocabulary)"),
            "tokenizer_config.json": Array(try JSONEncoder().encode(config)),
        ]
        return try TokenizerFixtures.withFolder(files) {
            try makeTokenizer(folder: $0, family: folder == "albert" ? .albert : .bert, vocabularySize: nil)
        }
    }
}
