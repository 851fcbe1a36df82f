/// A tokenizer with tokens for which the model's word embedding has no row.
///
/// That is common, as padding is often added to a vocabulary whose model never sees any, and does no harm before one of
/// the tokens comes up: the library that trained the model fails only there.
struct RowLimitedTokenizer: Tokenizer {
    private let whole: any Tokenizer
    private let rowCount: Int
    private let file: @Sendable (String) -> String

    /// The tokenizer itself where the model has a row for every token of it, else one that refuses the texts with
    /// others.
    ///
    /// - Parameters:
    ///   - tokenizer: one whose vocabulary itself the model has rows for.
    ///   - rowCount: rows of the model's word embedding.
    ///   - file: the file that a token of a spelling is from.
    /// - Throws: `LoaderError.invalid` if the model has no row for a token that stands around every text.
    static func limiting(
        _ tokenizer: any TemplatedTokenizer, to rowCount: Int, file: @escaping @Sendable (String) -> String
    ) throws(LoaderError) -> any Tokenizer {
        let result = RowLimitedTokenizer(whole: tokenizer, rowCount: rowCount, file: file)
        try result.check(
            tokenizer.template.tokensOfOne,
            hint: "It stands around every text. Copy the tokenizer that this model was trained with.")
        let isFitting =
            tokenizer.vocabularySize <= rowCount
            && tokenizer.template.tokensOfPair.allSatisfy { $0.id < rowCount }
        return isFitting ? tokenizer : result
    }

    var vocabularySize: Int { min(whole.vocabularySize, rowCount) }

    var kind: String { whole.kind }

    /// Those that the model has a row for. An unknown token without one stays, so that its error names it.
    var specialTokens: SpecialTokens {
        func known(_ id: Int?) -> Int? { id.flatMap { $0 < rowCount ? $0 : nil } }
        let all = whole.specialTokens
        return SpecialTokens(
            classification: known(all.classification), separator: known(all.separator),
            padding: known(all.padding) ?? 0, unknown: all.unknown, mask: known(all.mask))
    }

    func piece(_ id: Int) -> String? { whole.piece(id) }

    func encode(_ text: String, maximumLength: Int) throws(LoaderError) -> TokenizedText {
        let result = try whole.encode(text, maximumLength: maximumLength)
        try check(result.tokens, hint: Self.hint)
        return result
    }

    func encodePair(
        _ first: String, _ second: String, maximumLength: Int
    ) throws(LoaderError) -> TokenizedPair {
        let result = try whole.encodePair(first, second, maximumLength: maximumLength)
        try check(result.tokens, hint: Self.hint)
        return result
    }

    private static let hint =
        "The token was added to the tokenizer but not to the model: leave it out of the text, or take the model that "
        + "was trained with it."

    private func check(_ tokens: [Token], hint: String) throws(LoaderError) {
        guard let token = tokens.first(where: { $0.id >= rowCount }) else { return }
        throw .invalid(
            path: file(token.piece), place: "the token \(quoted(token.piece))",
            expected: "an id below \(rowCount), the rows of the model's word embedding",
            found: "\(token.id)", hint: hint)
    }
}
