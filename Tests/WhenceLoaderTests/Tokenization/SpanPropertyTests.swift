import Foundation
import Testing

@testable import WhenceLoader

@Suite("Every token knows its bytes")
struct SpanPropertyTests {
    @Test("Spans of the frozen texts keep every rule", arguments: NamedTokenizer.all)
    func frozenTexts(named: NamedTokenizer) throws {
        let tokenizer = try named.make()
        for text in try TokenizerFixtures.texts() { try check(text, tokenizer) }
    }

    @Test("Spans of random texts keep every rule", arguments: NamedTokenizer.all)
    func randomTexts(named: NamedTokenizer) throws {
        let tokenizer = try named.make()
        var source = RandomText(seed: 20)
        for _ in 0..<300 { try check(source.next(), tokenizer) }
    }

    @Test("Reading a token's bytes alone gives its piece again", arguments: ["albert", "bert", "bert-cased"])
    func spansNormalizeToPieces(folder: String) throws {
        let tokenizer = try TokenizerFixtures.tokenizer(folder)
        var decided = 0
        for text in try TokenizerFixtures.texts() {
            let tokens = try tokenizer.encode(text, maximumLength: 512).tokens.filter { $0.span != nil }
            for (index, token) in tokens.enumerated() {
                guard let span = token.span, !span.isEmpty, token.id != tokenizer.specialTokens.unknown else {
                    continue
                }
                // A character that became several pieces says nothing about one of them.
                let before = index > 0 ? tokens[index - 1].span?.upperBound ?? 0 : 0
                let behind =
                    index + 1 < tokens.count ? tokens[index + 1].span?.lowerBound ?? Int.max : Int.max
                guard before <= span.lowerBound, span.upperBound <= behind else { continue }
                let own = try tokenizer.encode(text.utf8Slice(span), maximumLength: 512).tokens
                let body = own.filter { $0.span != nil }
                guard !body.contains(where: { $0.id == tokenizer.specialTokens.unknown }) else { continue }
                decided += 1
                #expect(
                    body.map(\.piece.spelling).joined() == token.piece.spelling,
                    "\(token) of \(text.debugDescription)")
            }
        }
        #expect(decided > 3000, "only \(decided) tokens were read again")
    }

    /// The rules that hold for every text and every tokenizer.
    private func check(_ text: String, _ tokenizer: any Tokenizer) throws {
        let encoded = try tokenizer.encode(text, maximumLength: 10_000)
        let bytes = Array(text.utf8)
        let shown = text.debugDescription
        #expect(encoded.unseenFrom == nil)
        var previous = 0..<0
        var covered = [Bool](repeating: false, count: bytes.count)
        for token in encoded.tokens {
            #expect(tokenizer.piece(token.id) == token.piece)
            #expect((0..<tokenizer.vocabularySize).contains(token.id))
            guard let span = token.span else { continue }
            #expect(span.upperBound <= bytes.count)
            for end in [span.lowerBound, span.upperBound] where end < bytes.count {
                #expect(bytes[end] & 0xC0 != 0x80, "\(token) cuts a character of \(shown)")
            }
            #expect(
                span.lowerBound >= previous.lowerBound && span.upperBound >= previous.upperBound,
                "\(token) comes before \(previous) in \(shown)")
            previous = span
            for index in span { covered[index] = true }
        }

        var owners = [Int](repeating: 0, count: encoded.tokens.count)
        var end = 0
        for word in encoded.words {
            #expect(text.utf8Slice(word.span) == word.text)
            #expect(!word.tokens.isEmpty)
            #expect(word.span.lowerBound >= end, "words overlap in \(shown)")
            end = word.span.upperBound
            for token in word.tokens { owners[token] += 1 }
        }
        for (index, token) in encoded.tokens.enumerated() {
            #expect(
                owners[index] == (token.span == nil ? 0 : 1), "\(token) in \(owners[index]) words of \(shown)"
            )
        }

        var offset = 0
        for scalar in text.unicodeScalars {
            if !covered[offset] {
                #expect(scalar.mayBeDropped, "\(scalar.escaped(asASCII: true)) is lost in \(shown)")
            }
            offset += scalar.utf8.count
        }
    }
}

extension String {
    /// The text of a range of UTF-8 bytes.
    func utf8Slice(_ span: Range<Int>) -> String {
        String(decoding: Array(utf8)[span], as: UTF8.self)
    }

    /// A piece without what marks its place in a word.
    fileprivate var spelling: String {
        (hasPrefix("##") ? String(dropFirst(2)) : self).replacing("▁", with: "")
    }
}

extension Unicode.Scalar {
    /// White space, marks, and what normalisation takes for nothing.
    fileprivate var mayBeDropped: Bool {
        if isPythonWhiteSpace || value == 0 || value == 0xFFFD || value == 0x2581 { return true }
        switch properties.generalCategory {
        case .control, .format, .nonspacingMark, .spacingMark, .enclosingMark, .privateUse, .unassigned:
            return true
        // Characters such as ´ are a blank with a mark to NFKD.
        default: return String(self).decomposedStringWithCompatibilityMapping.unicodeScalars.first == " "
        }
    }
}

/// Texts of letters, marks, emoji, white space and what tokenizers treat specially.
struct RandomText {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private static let parts = [
        "film", "good", "isn't", "do n't", "it 's", " ", "  ", "\t", "\n", "\u{A0}", "\u{3000}", "\u{1C}",
        "\u{200B}",
        "``", "''", "1,000", "9,", "½", "…", "ﬁ", "İ", "ß", "ΑΣ", "𝚺", "e\u{301}", "\u{323}\u{301}", "\0",
        "\u{AD}",
        "👨‍👩‍👧", "👍🏽", "🇩🇪", "1️⃣", "漢", "한", "ᄒ", "ᅡ", "ก็", "שלום", "ｆ", "[MASK]", "[CLS]", "▁", "--", "...", "’",
        "“", " ,",
        "colour", "<n>",
    ]

    /// Steele, Lea & Flood 2014, *SplitMix64*.
    private mutating func number(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    mutating func next() -> String {
        var text = ""
        for _ in 0..<number(below: 20) {
            switch number(below: 4) {
            case 0: text.unicodeScalars.append(Unicode.Scalar(UInt32(number(below: 0x3000))) ?? " ")
            case 1: text.unicodeScalars.append(Unicode.Scalar(UInt32(number(below: 0x20000))) ?? "x")
            default: text += Self.parts[number(below: Self.parts.count)]
            }
        }
        return text
    }
}
