/// Puts the special tokens around the tokens of a text, and cuts what does not fit.
///
/// The template of every family so far is `[CLS] x [SEP]`. A special token that the model does not have is
/// left out.
struct EncodingTemplate: Sendable {
    private let before: [Token]
    private let behind: [Token]
    private let maximumLength: Int

    /// - Parameters:
    ///   - tokenizer: whose special tokens are taken.
    ///   - maximumLength: the most tokens that the model takes.
    ///   - bound: the most that the tokenizer's files allow; `nil` for no bound.
    init(_ tokenizer: some Tokenizer, maximumLength: Int, bound: Int?) {
        func token(_ id: Int?) -> [Token] {
            id.map { [Token(id: $0, piece: tokenizer.piece($0) ?? "", span: nil)] } ?? []
        }
        before = token(tokenizer.specialTokens.classification)
        behind = token(tokenizer.specialTokens.separator)
        self.maximumLength = min(maximumLength, bound ?? maximumLength)
    }

    /// The whole input for the tokens of a text.
    ///
    /// - Throws: `LoaderError.text` when not even the template fits.
    /// - Complexity: O(tokens + characters).
    func around(_ body: [Token], of text: String) throws(LoaderError) -> TokenizedText {
        let room = maximumLength - before.count - behind.count
        guard room >= 0 else {
            throw .text(
                reason:
                    "At most \(maximumLength) tokens leave no room for the \(before.count + behind.count) "
                    + "special tokens around a text. Allow more tokens.")
        }
        let tokens = before + body.prefix(room) + behind
        return TokenizedText(
            text: text, tokens: tokens, words: WordAssembly.words(of: text, tokens: tokens),
            unseenFrom: body.dropFirst(room).first?.span?.lowerBound)
    }
}
