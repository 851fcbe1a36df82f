import Testing

@testable import WhenceLoader

/// A text, and for each of its tokens the piece and the bytes it stands for, checked by hand.
struct SpanExample: Sendable, CustomTestStringConvertible {
    var tokenizer: String
    var text: String
    /// Piece, beginning and end.
    var tokens: [(String, Int, Int)]
    var testDescription: String { "\(tokenizer): \(text.debugDescription)" }

    init(_ tokenizer: String, _ text: String, _ tokens: [(String, Int, Int)]) {
        self.tokenizer = tokenizer
        self.text = text
        self.tokens = tokens
    }

    static let all: [SpanExample] = [
        // ALBERT: blanks belong to no piece that spells something.
        .init(
            "albert", "The film isn't bad",
            [
                ("▁the", 0, 3), ("▁film", 4, 8), ("▁is", 9, 11), ("n", 11, 12), ("'", 12, 13), ("t", 13, 14),
                ("▁bad", 15, 18),
            ]),
        .init("albert", "  great  movie ", [("▁great", 2, 7), ("▁movie", 9, 14)]),
        .init(
            "albert", "it 's do n't",
            [
                ("▁it", 0, 2), ("▁'", 3, 4), ("s", 4, 5), ("▁do", 6, 8), ("▁n", 9, 10), ("'", 10, 11),
                ("t", 11, 12),
            ]),
        // A blank alone stands for the white space, or for the empty place before the text.
        .init("albert", "you look", [("▁you", 0, 3), ("▁look", 4, 8)]),
        .init(
            "albert", " ok \t\n ok",
            [
                ("▁", 1, 1), ("o", 1, 2), ("k", 2, 3), ("▁", 3, 7), ("o", 7, 8), ("k", 8, 9),
            ]),
        // One character that becomes several pieces gives each of them its bytes.
        .init("albert", "ﬁne", [("▁f", 0, 3), ("in", 0, 4), ("e", 4, 5)]),
        .init("albert", "½", [("▁", 0, 0), ("1", 0, 2), ("<unk>", 0, 2), ("2", 0, 2)]),
        .init("albert", "…", [("▁", 0, 0), (".", 0, 3), (".", 0, 3), (".", 0, 3)]),
        .init("albert", "a™", [("▁at", 0, 4), ("m", 1, 4)]),
        .init("albert", "№", [("▁no", 0, 3)]),
        // Lower case that is longer, accents that are dropped, letters without a decomposition.
        .init("albert", "İs", [("▁is", 0, 3)]),
        .init("albert", "café", [("▁ca", 0, 2), ("f", 2, 3), ("e", 3, 5)]),
        .init("albert", "cafe\u{301}", [("▁ca", 0, 2), ("f", 2, 3), ("e", 3, 6)]),
        .init("albert", "naïve", [("▁", 0, 0), ("na", 0, 2), ("ive", 2, 6)]),
        .init("albert", "ß", [("▁", 0, 0), ("<unk>", 0, 2)]),
        .init("albert", "ＦＵＬＬ　ｉｄ", [("▁full", 0, 12), ("▁", 12, 15), ("id", 15, 21)]),
        .init("albert", "𝒯𝒽𝑒", [("▁the", 0, 12)]),
        // Quotation marks that are made of two characters.
        .init("albert", "``ed''", [("▁", 0, 0), ("\"", 0, 2), ("ed", 2, 4), ("\"", 4, 6)]),
        .init("albert", "'''a", [("▁", 0, 0), ("\"", 0, 2), ("'", 2, 3), ("a", 3, 4)]),
        // The comma behind digits.
        .init(
            "albert", "1,000,",
            [
                ("▁", 0, 0), ("1", 0, 1), (",", 1, 2), ("0", 2, 3), ("0", 3, 4), ("0", 4, 5), (",", 5, 6),
            ]),
        .init("albert", "¹,", [("▁", 0, 0), ("1", 0, 2), (",", 2, 3)]),
        // What the model cannot spell, in one piece as far as it goes.
        .init("albert", "👨‍👩‍👧 film", [("▁", 0, 0), ("<unk>", 0, 18), ("▁film", 19, 23)]),
        .init("albert", "漢字 film", [("▁", 0, 0), ("<unk>", 0, 6), ("▁film", 7, 11)]),
        .init("albert", "שלום", [("▁", 0, 0), ("<unk>", 0, 8)]),
        // Invisible characters that normalisation takes for blanks.
        .init("albert", "a\u{200B}time", [("▁a", 0, 1), ("▁time", 4, 8)]),
        .init("albert", "▁under", [("▁under", 3, 8)]),
        // Special tokens in the text; the mask token eats the white space before it.
        .init("albert", "a [MASK] film", [("▁a", 0, 1), ("[MASK]", 2, 8), ("▁film", 9, 13)]),
        .init("albert", "a[SEP]film", [("▁a", 0, 1), ("[SEP]", 1, 6), ("▁film", 6, 10)]),

        .init(
            "bert", "The film isn't",
            [
                ("the", 0, 3), ("film", 4, 8), ("is", 9, 11), ("##n", 11, 12), ("'", 12, 13), ("t", 13, 14),
            ]),
        .init("bert", "İst", [("is", 0, 3), ("##t", 3, 4)]),
        .init("bert", "cafe\u{301}", [("c", 0, 1), ("##a", 1, 2), ("##f", 2, 3), ("##e", 3, 6)]),
        .init("bert", "a\0b", [("ab", 0, 3)]),
        .init("bert", "漢a字", [("[UNK]", 0, 3), ("a", 3, 4), ("[UNK]", 4, 7)]),
        .init("bert", "¿the film?", [("[UNK]", 0, 2), ("the", 2, 5), ("film", 6, 10), ("?", 10, 11)]),
        .init("bert", "the[MASK]film", [("the", 0, 3), ("[MASK]", 3, 9), ("film", 9, 13)]),
        .init("bert-cased", "cafe\u{301}", [("c", 0, 1), ("##a", 1, 2), ("##f", 2, 3), ("##é", 3, 6)]),

        // A model's own rules: deleted blanks, longer and shorter replacements.
        .init("rules", "is n't", [("▁", 0, 0), ("is", 0, 2), ("n", 3, 4), ("'", 4, 5), ("t", 5, 6)]),
        .init(
            "rules", "it 's good , it .",
            [
                ("▁", 0, 0), ("it", 0, 2), ("'", 3, 4), ("s", 4, 5), ("▁", 5, 6), ("g", 6, 7), ("ood", 7, 10),
                (",", 11, 12), ("▁", 12, 13), ("it", 13, 15), (".", 16, 17),
            ]),
        .init(
            "rules", "“colour”",
            [
                ("▁", 0, 0), ("\"", 0, 3), ("c", 3, 4), ("o", 4, 5), ("l", 5, 6), ("or", 6, 9), ("\"", 9, 12),
            ]),
        .init("rules", "a½", [("▁a", 0, 1), ("▁", 1, 1), ("1", 1, 3), ("/", 1, 3), ("2", 1, 3)]),
        .init("rules", "ﬁne", [("▁f", 0, 3), ("in", 0, 4), ("e", 4, 5)]),

        // Byte fallback: each byte stands for the whole character.
        .init("bytes", "é film", [("▁", 0, 0), ("<0xC3>", 0, 2), ("<0xA9>", 0, 2), ("▁film", 3, 7)]),
        .init(
            "bytes", "😀",
            [
                ("▁", 0, 0), ("<0xF0>", 0, 4), ("<0x9F>", 0, 4), ("<0x98>", 0, 4), ("<0x80>", 0, 4),
            ]),
        .init("bytes", "g-<n>", [("▁g", 0, 1), ("-", 1, 2), ("<n>", 2, 5)]),
        .init("bpe", "é漢 film", [("▁", 0, 0), ("<unk>", 0, 5), ("▁film", 6, 10)]),
        .init("suffix", "a", [("a▁", 0, 1)]),
        .init("suffix", " a", [("▁", 0, 1), ("a▁", 1, 2)]),
    ]
}

@Suite("Spans of examples that were checked by hand")
struct SpanExampleTests {
    @Test("Each piece has its bytes", arguments: SpanExample.all)
    func spans(example: SpanExample) throws {
        let named = try #require(NamedTokenizer.all.first { $0.name == example.tokenizer })
        let tokens = try named.make().encode(example.text, maximumLength: 512).tokens
        let found = tokens.compactMap { token in token.span.map { "\(token.piece) \($0)" } }
        #expect(found == example.tokens.map { "\($0.0) \($0.1..<$0.2)" })
    }
}
