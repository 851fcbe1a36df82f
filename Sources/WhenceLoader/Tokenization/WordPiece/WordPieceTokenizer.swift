/// Cuts texts as BERT does: into words, and these greedily into pieces of a `vocab.txt`.
///
/// Every token has the exact bytes of the original text that it stands for; `[UNK]` those of its whole word.
struct WordPieceTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind = "WordPiece"
    private let vocabulary: WordPieceVocabulary
    private let rules: WordPieceRules
    private let added: AddedVocabulary
    private let splitter: AddedTokenSplitter
    let template: EncodingTemplate
    /// The id of words that cannot be spelt; `nil` when the files say that there is none.
    private let unknown: Int?

    /// Longer words are not cut but unknown.
    private static let longestWord = 100

    /// BERT's special tokens, where the files are silent.
    static let specials: [TokenizerSettings.Role: AddedToken] = [
        .unknown: "[UNK]", .separator: "[SEP]", .padding: "[PAD]", .classification: "[CLS]", .mask: "[MASK]",
    ].mapValues { AddedToken($0) }

    /// - Parameters:
    ///   - bytes: the content of `vocab.txt`.
    ///   - path: the file, for errors.
    ///   - settings: what the folder's files say.
    ///   - limit: rows of the model's word embedding; `nil` when they are not known.
    /// - Throws: `LoaderError.invalid` when the file is no usable vocabulary.
    init(
        vocabulary bytes: [UInt8], path: String, settings: TokenizerSettings, limit: Int? = nil
    ) throws(LoaderError) {
        let unknown = settings.named[.unknown]?.content ?? "[UNK]"
        let vocabulary = try WordPieceVocabulary(bytes, path: path, unknown: unknown)
        added = AddedVocabulary(
            settings: settings, defaults: Self.specials, size: vocabulary.lineCount, limit: limit,
            lookup: { vocabulary.id(of: $0.utf8) })
        splitter = AddedTokenSplitter(added)
        self.vocabulary = vocabulary
        let unknownID = vocabulary.id(of: unknown.utf8) ?? 0
        self.unknown = settings.absent[.unknown] == nil ? unknownID : nil
        specialTokens = added.specialTokens(unknown: unknownID)
        vocabularySize = max(vocabulary.pieces.count, added.end)
        template = added.template(.bert, settings)
        var rules = WordPieceRules(settings)
        rules.neverSplit = rules.neverCut.union(added.specials.map { Array($0.unicodeScalars) })
        self.rules = rules
    }

    var pieceCount: Int { vocabulary.pieces.count }

    func piece(_ id: Int) -> String? {
        if let token = added.tokens[id] { return token.content }
        return vocabulary.pieces.indices.contains(id) ? vocabulary.pieces[id] : nil
    }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        let original = TracedText(original: text)
        let cased = rules.lowercases ? splitter.lowercased(original) : original
        var body: [Token] = []
        for stretch in splitter.split(cased) {
            if let id = stretch.id {
                body.append(Token(id: id, piece: piece(id) ?? "", span: stretch.text.span))
            } else {
                for word in rules.words(of: stretch.text) { body += try tokens(of: word) }
            }
        }
        return body
    }

    /// The pieces of one word.
    private func tokens(of word: TracedText) throws(LoaderError) -> [Token] {
        let bytes = word.scalars.flatMap { $0.scalar.utf8 }
        if rules.neverCut.contains(word.scalars.map(\.scalar)) {
            if let id = added.ids.value(bytes) ?? vocabulary.id(of: bytes) {
                return [token(id, word.scalars[...])]
            }
            return [token(try unknownID(), word.scalars[...])]
        }
        guard word.scalars.count <= Self.longestWord, let pieces = vocabulary.cut(bytes) else {
            return [token(try unknownID(), word.scalars[...])]
        }
        // An added token may be spelt as a piece is; it goes first, as in the reference.
        return vocabulary.ranges(of: pieces, in: word).map { piece in
            let own = added.ids.value(vocabulary.pieces[piece.id].utf8) ?? piece.id
            return token(own, word.scalars[piece.range])
        }
    }

    private func unknownID() throws(LoaderError) -> Int {
        guard let unknown else {
            throw .text(
                reason: "The text has a word that the vocabulary cannot spell, and no unknown token.")
        }
        return unknown
    }

    private func token(_ id: Int, _ characters: ArraySlice<TracedScalar>) -> Token {
        Token(id: id, piece: piece(id) ?? "", span: TracedText(characters).span)
    }
}
