/// Cuts texts as KerasHub's GPT-2 and RoBERTa tokenizers do: into words, and these by merges of bytes.
///
/// - Note: `BytePairTokenizer` of keras-hub 0.19.3.
struct KerasBytePairTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind = "byte-level BPE (Keras)"
    let template: EncodingTemplate
    private let vocabulary: BytePairVocabulary
    private let model: ByteLevelModel
    private let words: KerasBytePairWords
    private let whole: [[UInt8]: Int]
    private let addsBlank: Bool

    /// - Parameters:
    ///   - files: `vocabulary.json` and `merges.txt`.
    ///   - family: whose template holds.
    ///   - addsBlank: a blank is put before every text.
    ///   - unsplittable: tokens that are found in a text; `nil` for the class's own.
    ///   - packing: what long texts are cut to.
    /// - Throws: `LoaderError` when a file is not there or damaged, or lacks a special token.
    init(
        files: (vocabulary: String, merges: String), family: ByteLevelTokenizer.Family, addsBlank: Bool,
        unsplittable: [String]?, packing: KerasPacking
    ) throws(LoaderError) {
        let vocabulary = try BytePairVocabulary(
            vocabulary: files.vocabulary, merges: files.merges, lines: .all)
        func token(_ spelling: String) throws(LoaderError) -> Token {
            guard let id = vocabulary.ids[Array(spelling.utf8)] else {
                throw .invalid(
                    path: files.vocabulary, place: "the whole file", expected: "a piece \(spelling)",
                    found: "none",
                    hint: "The vocabulary belongs to another model.")
            }
            return Token(id: Int(id), piece: spelling, span: nil)
        }
        let own: [String]
        switch family {
        case .gpt2:
            let end = try token("<|endoftext|>")
            own = [end.piece]
            specialTokens = SpecialTokens(
                classification: nil, separator: nil, padding: 0, unknown: end.id, mask: nil)
            template = EncodingTemplate(
                .bare, start: nil, end: nil, truncation: packing.truncation,
                bound: packing.bound)
        case .roberta:
            own = ["<s>", "</s>", "<pad>", "<mask>"]
            let start = try token("<s>")
            let end = try token("</s>")
            // The class has no token for the unknown: every byte has a piece.
            let unknown = vocabulary.ids[Array("<unk>".utf8)].map { Int($0) }
            let padding = try token("<pad>").id
            specialTokens = SpecialTokens(
                classification: start.id, separator: end.id, padding: padding, unknown: unknown ?? padding,
                mask: try token("<mask>").id)
            template = EncodingTemplate(
                .robertaWithTypes, start: start, end: end, truncation: packing.truncation,
                bound: packing.bound)
        }
        model = try ByteLevelModel(vocabulary, order: .leftmostPair, unknown: nil, path: files.vocabulary)
        let unsplittable = unsplittable ?? own
        words = KerasBytePairWords(unsplittable: unsplittable)
        var whole: [[UInt8]: Int] = [:]
        for spelling in unsplittable { whole[Array(spelling.utf8)] = try token(spelling).id }
        self.whole = whole
        self.addsBlank = addsBlank
        self.vocabulary = vocabulary
        vocabularySize = vocabulary.end
    }

    func piece(_ id: Int) -> String? { vocabulary.spellings[id] }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        var original = TracedText(original: text)
        if addsBlank { original = original.prepending([" "]) }
        return words.words(of: original).flatMap { word in
            if let id = whole[word.scalars.flatMap { $0.scalar.utf8 }] {
                return [Token(id: id, piece: piece(id) ?? "", span: word.scalars[...].visibleSpan)]
            }
            return model.tokens(of: word.scalars[...], spelling: piece)
        }
    }
}
