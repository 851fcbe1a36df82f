/// A tokenizer that cuts a text on its own and then puts a template around the tokens.
protocol TemplatedTokenizer: Tokenizer {
    /// What goes around the tokens.
    var template: EncodingTemplate { get }
    /// One more than the largest id of the vocabulary itself, tokens that were added to it left out.
    var pieceCount: Int { get }

    /// All tokens of a text, without the template.
    func tokens(of text: String) throws(LoaderError) -> [Token]
}

extension TemplatedTokenizer {
    var pieceCount: Int { vocabularySize }

    func encode(_ text: String, maximumLength: Int) throws(LoaderError) -> TokenizedText {
        try template.around(tokens(of: text), of: text, maximumLength: maximumLength)
    }

    func encodePair(
        _ first: String, _ second: String, maximumLength: Int
    ) throws(LoaderError) -> TokenizedPair {
        try template.around(
            (first, tokens(of: first)), (second, tokens(of: second)), maximumLength: maximumLength)
    }
}

extension AddedVocabulary {
    /// The token for a purpose, as a template has it.
    func templateToken(_ role: TokenizerSettings.Role) -> Token? {
        id(of: role).map { Token(id: $0, piece: tokens[$0]?.content ?? "", span: nil) }
    }

    /// The template of a slow tokenizer of Hugging Face transformers.
    ///
    /// - Parameter settings: what the folder's files say.
    func template(_ style: EncodingTemplate.Style, _ settings: TokenizerSettings) -> EncodingTemplate {
        EncodingTemplate(
            style, start: templateToken(.classification), end: templateToken(.separator),
            truncation: .longerFirst, bound: settings.maximumLength, cutEnd: settings.cutEnd ?? .right)
    }
}
