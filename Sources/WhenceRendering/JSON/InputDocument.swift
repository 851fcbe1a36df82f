internal import WhenceLoader

/// The text as the model saw it. Offsets count UTF-8 bytes of `text`.
struct InputDocument: Codable {
    struct TokenDocument: Codable {
        var index: Int
        var id: Int
        var piece: String
        @ExplicitNull var start: Int?
        @ExplicitNull var end: Int?
        /// The word that holds the token; `null` for a token of the template.
        @ExplicitNull var word: Int?
    }

    struct WordDocument: Codable {
        var index: Int
        var text: String
        var start: Int
        var end: Int
        var tokens: [Int]
    }

    var text: String
    var tokens: [TokenDocument]
    var words: [WordDocument]
    @ExplicitNull var unseenFrom: Int?
    /// Only of texts that are cut at the beginning.
    var unseenUntil: Int?

    init(_ input: TokenizedText) {
        text = input.text
        var wordOfToken: [Int: Int] = [:]
        for (index, word) in input.words.enumerated() {
            for token in word.tokens { wordOfToken[token] = index }
        }
        tokens = input.tokens.enumerated().map { index, token in
            TokenDocument(
                index: index, id: token.id, piece: token.piece, start: token.span?.lowerBound,
                end: token.span?.upperBound, word: wordOfToken[index])
        }
        words = input.words.enumerated().map { index, word in
            WordDocument(
                index: index, text: word.text, start: word.span.lowerBound, end: word.span.upperBound,
                tokens: word.tokens)
        }
        unseenFrom = input.unseenFrom
        unseenUntil = input.unseenUntil
    }

    func value() throws -> TokenizedText {
        let tokens = try tokens.map { token in
            var span: Range<Int>?
            if let start = token.start, let end = token.end {
                span = try Self.span(start, end, "input.tokens[\(token.index)]")
            }
            return Token(id: token.id, piece: token.piece, span: span)
        }
        let words = try words.map { word in
            Word(
                text: word.text, span: try Self.span(word.start, word.end, "input.words[\(word.index)]"),
                tokens: word.tokens)
        }
        return TokenizedText(
            text: text, tokens: tokens, words: words, unseenFrom: unseenFrom, unseenUntil: unseenUntil)
    }

    private static func span(_ start: Int, _ end: Int, _ path: String) throws -> Range<Int> {
        guard 0 <= start, start <= end else {
            throw RenderingError.malformed(path: path, problem: "it runs from byte \(start) to \(end)")
        }
        return start..<end
    }
}
