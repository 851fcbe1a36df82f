/// What a tokenizer is, in a few words.
public struct TokenizerSummary: Sendable, Hashable, Codable {
    /// What it is, such as `WordPiece`.
    public var kind: String
    /// One more than the largest id that it can give.
    public var vocabularySize: Int
    /// The ids with a meaning of their own.
    public var specialTokens: SpecialTokens
    /// How the vocabulary spells the mask token; `nil` if there is none.
    public var mask: String?
    /// How the vocabulary spells the unknown token.
    public var unknown: String?

    init(_ tokenizer: any Tokenizer) {
        kind = tokenizer.kind
        vocabularySize = tokenizer.vocabularySize
        specialTokens = tokenizer.specialTokens
        mask = tokenizer.specialTokens.mask.flatMap(tokenizer.piece)
        unknown = tokenizer.piece(tokenizer.specialTokens.unknown)
    }

    /// A folder's tokenizer, or why it cannot be read; neither where there are no files of one.
    static func read(
        _ folder: ModelFolder, _ choice: TokenizerChoice
    ) -> (summary: TokenizerSummary?, problem: String?) {
        guard !folder.tokenizerFiles.names.isEmpty else { return (nil, nil) }
        do {
            return (TokenizerSummary(try folder.tokenizer(choice)), nil)
        } catch {
            return (nil, error.description)
        }
    }

    /// What takes the place of a token whose influence is tested, in words.
    func replacement(isCausal: Bool) -> String {
        if isCausal { return "none: the token is left out" }
        if let id = specialTokens.mask { return "\(mask ?? "mask"), id \(id)" }
        return "\(unknown ?? "unknown"), id \(specialTokens.unknown), as there is no mask"
    }
}
