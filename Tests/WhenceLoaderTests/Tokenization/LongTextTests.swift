import Testing

@testable import WhenceLoader

@Suite("Texts that are too long are cut, and it is said where")
struct LongTextTests {
    @Test(
        "The first byte that is not seen is told",
        arguments: [
            ("albert", 100, nil), ("albert", 6, nil), ("albert", 5, 6), ("albert", 3, 3), ("albert", 2, 0),
            ("bert", 6, nil), ("bert", 5, 12), ("bert", 3, 4), ("bert", 2, 0),
        ] as [(String, Int, Int?)])
    func unseen(folder: String, maximumLength: Int, unseenFrom: Int?) throws {
        // ALBERT: ▁the ▁ sh e; BERT: the film is bad.
        let text = folder == "albert" ? "the she" : "the film is bad"
        let encoded = try TokenizerFixtures.tokenizer(folder).encode(text, maximumLength: maximumLength)
        #expect(encoded.unseenFrom == unseenFrom)
        #expect(encoded.tokens.count <= maximumLength)
        #expect(encoded.tokens.first?.piece == "[CLS]" && encoded.tokens.last?.piece == "[SEP]")
        #expect(encoded.words.allSatisfy { $0.span.lowerBound < unseenFrom ?? Int.max })
    }

    @Test("A bound in the tokenizer's files holds as well")
    func boundOfTheFiles() throws {
        let files = [
            "vocab.txt": try TokenizerFixtures.bytes("bert/vocab.txt"),
            "tokenizer_config.json": Array(#"{"model_max_length": 4}"#.utf8),
        ]
        let encoded = try TokenizerFixtures.withFolder(files) {
            try makeTokenizer(folder: $0, family: .bert, vocabularySize: nil)
        }.encode("the film is bad", maximumLength: 100)
        #expect(encoded.tokens.map(\.piece) == ["[CLS]", "the", "film", "[SEP]"])
        #expect(encoded.unseenFrom == 9)
    }

    @Test("No room for the template is an error")
    func noRoom() throws {
        let tokenizer = try TokenizerFixtures.tokenizer("bert")
        #expect(throws: LoaderError.self) { try tokenizer.encode("the", maximumLength: 1) }
        #expect(throws: LoaderError.self) { try tokenizer.encode("", maximumLength: -5) }
    }

    @Test("Long runs of one kind of character are no burden", arguments: NamedTokenizer.all)
    func manyCharacters(named: NamedTokenizer) throws {
        let tokenizer = try named.make()
        for part in ["The film isn't bad, ", "a", " ", "\0", "é", "漢", "👍🏽", "1,", "'", "e\u{301}\u{323}"] {
            let text = String(repeating: part, count: 20_000 / part.unicodeScalars.count)
            let encoded = try tokenizer.encode(text, maximumLength: 64)
            #expect(encoded.tokens.count <= 64)
        }
    }
}
