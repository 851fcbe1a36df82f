/// Cuts texts as GPT-2 and RoBERTa do: into words, and these by merges of bytes.
///
/// - Note: `GPT2Tokenizer` and `RobertaTokenizer` of Hugging Face transformers 4.48.3.
struct ByteLevelTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind = "byte-level BPE"
    let template: EncodingTemplate
    private let vocabulary: BytePairVocabulary
    private let model: ByteLevelModel
    private let added: AddedVocabulary
    private let splitter: AddedTokenSplitter
    private let prefix: Prefix

    /// Whose rules hold around the pieces.
    enum Family: Sendable {
        /// No special tokens around a text unless `add_bos_token` says so.
        case gpt2
        /// `<s> x </s>`.
        case roberta
    }

    /// When a blank is put before a text.
    private enum Prefix: Sendable {
        case never, always, beforeWords
    }

    /// - Parameters:
    ///   - files: `vocab.json` and `merges.txt`.
    ///   - family: whose rules hold.
    ///   - settings: what the folder's files say.
    ///   - limit: rows of the model's word embedding; `nil` when they are not known.
    /// - Throws: `LoaderError` when a file is not there or damaged.
    init(
        files: (vocabulary: String, merges: String), family: Family, settings: TokenizerSettings, limit: Int?
    ) throws(LoaderError) {
        let vocabulary = try BytePairVocabulary(
            vocabulary: files.vocabulary, merges: files.merges, lines: .betweenHeadingAndEnd)
        added = AddedVocabulary(
            settings: settings, defaults: Self.specials(family).mapValues(\.withRules),
            maskTakesSpaceBefore: family == .roberta,
            size: vocabulary.ids.count, limit: limit,
            lookup: { vocabulary.ids[Array($0.utf8)].map { Int($0) } })
        splitter = AddedTokenSplitter(added)
        let unknown = added.id(of: .unknown)
        model = try ByteLevelModel(
            vocabulary, order: .allEqualPairs, unknown: unknown, path: files.vocabulary)
        specialTokens = added.specialTokens(unknown: unknown ?? 0)
        vocabularySize = max(added.end, vocabulary.end)
        self.vocabulary = vocabulary
        let adds = settings.flag("add_prefix_space") ?? false
        switch family {
        case .gpt2:
            let begins = settings.flag("add_bos_token") ?? false
            template = EncodingTemplate(
                .bare, start: begins ? added.templateToken(.begin) : nil, end: nil, truncation: .longerFirst,
                bound: settings.maximumLength, cutEnd: settings.cutEnd ?? .right)
            prefix = adds ? .always : .never
        case .roberta:
            template = added.template(.roberta, settings)
            prefix = adds ? .beforeWords : .never
        }
    }

    /// The special tokens of a family where the files are silent.
    static func specials(_ family: Family) -> [TokenizerSettings.Role: AddedToken] {
        let end = "<|endoftext|>"
        let spellings: [TokenizerSettings.Role: String] =
            switch family {
            case .gpt2: [.begin: end, .end: end, .unknown: end]
            case .roberta:
                [
                    .begin: "<s>", .end: "</s>", .unknown: "<unk>", .separator: "</s>", .padding: "<pad>",
                    .classification: "<s>", .mask: "<mask>",
                ]
            }
        return spellings.mapValues { AddedToken($0) }
    }

    var pieceCount: Int { vocabulary.end }

    func piece(_ id: Int) -> String? { added.tokens[id]?.content ?? vocabulary.spellings[id] }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        var original = TracedText(original: text)
        let takesBlank =
            switch prefix {
            case .never: false
            case .always: true
            case .beforeWords: original.scalars.first.map { !$0.scalar.isPythonWhiteSpace } ?? false
            }
        if takesBlank { original.scalars.insert(TracedScalar(scalar: " ", span: 0..<0), at: 0) }
        var tokens: [Token] = []
        for stretch in splitter.split(original) {
            if let id = stretch.id {
                tokens.append(Token(id: id, piece: piece(id) ?? "", span: stretch.text.span))
                continue
            }
            for range in ByteLevelWords.ranges(of: stretch.text.scalars) {
                tokens += model.tokens(of: stretch.text.scalars[range], spelling: piece).map { token in
                    // An added token may be spelt as a piece is; it goes first, as in the reference.
                    var token = token
                    if token.id != specialTokens.unknown {
                        token.id = added.ids.value(token.piece.utf8) ?? token.id
                    }
                    return token
                }
            }
        }
        return tokens
    }
}
