/// One token of an input, with the bytes of the original text it stands for.
public struct Token: Sendable, Hashable, Codable {
    /// Row of the word embedding.
    public var id: Int
    /// The vocabulary's own spelling, such as `▁great` or `##ing`.
    public var piece: String
    /// UTF-8 byte offsets into the original text; `nil` for a token that the template adds (`[CLS]`, `[SEP]`).
    public var span: Range<Int>?

    /// Makes a token.
    public init(id: Int, piece: String, span: Range<Int>?) {
        self.id = id
        self.piece = piece
        self.span = span
    }
}

/// A word of the original text and the tokens it was cut into.
public struct Word: Sendable, Hashable, Codable {
    /// The word as the text spells it.
    public var text: String
    /// UTF-8 byte offsets into the original text.
    public var span: Range<Int>
    /// Indices into the tokens of the text, ascending; never empty.
    public var tokens: [Int]

    /// Makes a word.
    public init(text: String, span: Range<Int>, tokens: [Int]) {
        self.text = text
        self.span = span
        self.tokens = tokens
    }
}

/// A text as the model sees it.
public struct TokenizedText: Sendable, Hashable {
    /// The original text, unchanged.
    public var text: String
    /// All tokens in order, those of the template included.
    public var tokens: [Token]
    /// Words in order of the text. Every token with a span belongs to exactly one word.
    public var words: [Word]
    /// UTF-8 offset of the first byte that the model does not see because the input is too long; `nil` if it
    /// sees everything.
    public var unseenFrom: Int?
    /// UTF-8 offset behind the last byte that the model does not see because the tokenizer's files have long inputs
    /// cut at the beginning (`truncation_side`); `nil` if it sees the beginning.
    public var unseenUntil: Int?

    /// UTF-8 offsets of what the model does not see, at the end or the beginning; `nil` if it sees everything.
    public var unseen: Range<Int>? {
        if let unseenUntil { return 0..<unseenUntil }
        return unseenFrom.map { $0..<max($0, text.utf8.count) }
    }

    /// The ids of all tokens.
    public var ids: [Int] { tokens.map(\.id) }

    /// Makes a tokenized text.
    public init(
        text: String, tokens: [Token], words: [Word], unseenFrom: Int?, unseenUntil: Int? = nil
    ) {
        self.text = text
        self.tokens = tokens
        self.words = words
        self.unseenFrom = unseenFrom
        self.unseenUntil = unseenUntil
    }
}
