/// Two texts as the model sees them together.
public struct TokenizedPair: Sendable, Hashable {
    /// One of the two texts.
    public enum Side: Int, Sendable, Hashable, Codable, CaseIterable {
        case first = 0
        case second = 1
    }

    /// What is known of one text.
    public struct Part: Sendable, Hashable {
        /// The original text, unchanged.
        public var text: String
        /// Words in order of the text; their tokens are indices into all tokens of the pair.
        public var words: [Word]
        /// UTF-8 offset of the first byte that the model does not see; `nil` if it sees everything.
        public var unseenFrom: Int?
        /// UTF-8 offset behind the last byte that is not seen where the beginning is cut; `nil` if it is seen.
        public var unseenUntil: Int?

        /// Makes a part.
        public init(text: String, words: [Word], unseenFrom: Int?, unseenUntil: Int? = nil) {
            self.text = text
            self.words = words
            self.unseenFrom = unseenFrom
            self.unseenUntil = unseenUntil
        }
    }

    /// All tokens in order, those of the template included; each span is into the text that `sides` names.
    public var tokens: [Token]
    /// For each token the row of the token-type embedding; zero where the model has no such table.
    public var types: [Int]
    /// For each token the text it is from; `nil` for a token that the template adds.
    public var sides: [Side?]
    /// The first text.
    public var first: Part
    /// The second text.
    public var second: Part

    /// The ids of all tokens.
    public var ids: [Int] { tokens.map(\.id) }

    /// Makes a pair.
    public init(tokens: [Token], types: [Int], sides: [Side?], first: Part, second: Part) {
        self.tokens = tokens
        self.types = types
        self.sides = sides
        self.first = first
        self.second = second
    }
}
