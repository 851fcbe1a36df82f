/// Cuts a text into the tokens that one model was trained on.
public protocol Tokenizer: Sendable {
    /// One more than the largest id that the tokenizer can give.
    var vocabularySize: Int { get }
    /// The ids with a meaning of their own.
    var specialTokens: SpecialTokens { get }
    /// A word for what it is, such as `SentencePiece unigram` or `WordPiece`.
    var kind: String { get }

    /// The tokens of `text` with the model's template around them.
    ///
    /// - Parameters:
    ///   - text: any text; the empty one gives the template alone.
    ///   - maximumLength: the most tokens that the model takes, template included. What does not fit is left
    ///     out at the end, whole tokens only, and reported in `unseenFrom`; or at the beginning, and in
    ///     `unseenUntil`, where the tokenizer's files say so.
    func encode(_ text: String, maximumLength: Int) throws(LoaderError) -> TokenizedText

    /// The tokens of two texts with the model's template for a pair around them.
    ///
    /// - Parameters:
    ///   - first: any text.
    ///   - second: any text.
    ///   - maximumLength: the most tokens that the model takes, template included. What does not fit is left out at
    ///     the ends, from the longer text first as the tokenizer's library does it, and reported.
    func encodePair(
        _ first: String, _ second: String, maximumLength: Int
    ) throws(LoaderError) -> TokenizedPair

    /// The vocabulary's spelling of an id; `nil` for an id it does not have.
    func piece(_ id: Int) -> String?
}

/// The ids with a meaning of their own.
public struct SpecialTokens: Sendable, Hashable, Codable {
    /// The token that a classifier reads: `[CLS]` or `<s>`; `nil` for models that read the last token.
    public var classification: Int?
    /// The token at the end of a text: `[SEP]` or `</s>`.
    public var separator: Int?
    /// The token of padding.
    public var padding: Int
    /// The token of anything that the vocabulary cannot spell.
    public var unknown: Int
    /// The token that hides a word: `[MASK]` or `<mask>`.
    public var mask: Int?

    /// Makes the set of ids.
    public init(classification: Int?, separator: Int?, padding: Int, unknown: Int, mask: Int?) {
        self.classification = classification
        self.separator = separator
        self.padding = padding
        self.unknown = unknown
        self.mask = mask
    }
}
