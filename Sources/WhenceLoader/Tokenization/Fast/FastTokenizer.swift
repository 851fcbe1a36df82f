/// Cuts texts as a `tokenizer.json` says.
///
/// The file describes Hugging Face's fast tokenizers part by part: what is looked for first, how texts are normalised
/// and cut into words, the model that cuts words into pieces, and what goes around them. Every token has the exact
/// bytes of the original text that it stands for, white space at their ends left out where there is anything else.
struct FastTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind: String
    let template: EncodingTemplate
    private let model: FastModel
    private let added: FastAddedTokens
    private let preTokenizer: FastPreTokenizer?
    private let spellings: [Int: String]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: `tokenizer.json`.
    ///   - settings: what the folder's other files say.
    ///   - owner: the class whose rules hold beside the file; `nil` for none. BERT's takes the switches of its
    ///     normaliser from `tokenizer_config.json`.
    ///   - hasTypes: whether the model is told of which text a token is.
    ///   - limit: rows of the model's word embedding; `nil` when they are not known.
    /// - Throws: `LoaderError.missing` without a file, `.invalid` for a damaged one, `.unsupported` for parts that
    ///   Whence does not know.
    init(
        path: String, settings: TokenizerSettings, owner: TokenizerClass?, hasTypes: Bool = true, limit: Int?
    ) throws(LoaderError) {
        guard let object = try TokenizerJSON.object(at: path) else {
            throw .missing(
                path: path, what: "the fast tokenizer",
                hint: "Save it with the transformers library, or use the slow one.")
        }
        let json = FastComponent(object, path: path)
        let model = try FastModel(try json.component("model"))
        var normalizer: FastNormalizer?
        if let part = try json.optional("normalizer") {
            let steps = try FastNormalizer(part)
            try json.check("normalizer", steps: steps.stepCount)
            try json.check("normalizer", growth: steps.growth)
            normalizer = steps
        }
        if owner?.algorithm == .wordPiece, case .bert(let cleans, _, _, _) = normalizer {
            let lowercases = settings.flag("do_lower_case") ?? true
            normalizer = .bert(
                cleans: cleans, separatesChinese: settings.flag("tokenize_chinese_chars") ?? true,
                dropsAccents: settings.flag("strip_accents") ?? lowercases, lowercases: lowercases)
        }
        if let part = try json.optional("pre_tokenizer") {
            let steps = try FastPreTokenizer(part)
            try json.check("pre_tokenizer", steps: steps.stepCount)
            try json.check("pre_tokenizer", growth: steps.growth)
            preTokenizer = steps.addingBlank(settings.flag("add_prefix_space") ?? false)
        } else {
            preTokenizer = nil
        }
        let file = try AddedToken.numbered(json["added_tokens"]?.array ?? [], path: path).map(\.token)
        let vocabulary = FastAddedVocabulary(
            file: file, settings: settings, owner: owner, model: model, limit: limit)
        let tokens = vocabulary.tokens
        var spellings = model.spellings
        for (id, token) in tokens.sorted(by: { $0.key < $1.key }) { spellings[id] = token.content }
        let typed = try FastTemplate(json.optional("post_processor"))
        let parts = hasTypes ? typed : typed.withoutTypes
        specialTokens = Self.specials(settings, unknown: model.unknown, id: vocabulary.id)
        // The library writes `Right` or `Left`.
        let cutEnd = try json.optional("truncation")?.text("direction")?.lowercased()
        template = EncodingTemplate(
            single: parts.single, pair: parts.pair, truncation: .halves, bound: settings.maximumLength,
            cutEnd: settings.cutEnd ?? cutEnd.flatMap { EncodingTemplate.CutEnd(rawValue: $0) } ?? .right)
        added = FastAddedTokens(
            tokens, normalizer: normalizer, splitsSpecials: settings.splitsSpecialTokens)
        vocabularySize = (spellings.keys.max() ?? -1) + 1
        kind = "\(model.kind) (tokenizer.json)"
        self.spellings = spellings
        self.model = model
    }

    /// The special tokens that the files name, or that go by a usual name.
    private static func specials(
        _ settings: TokenizerSettings, unknown: Int?, id: (String) -> Int?
    ) -> SpecialTokens {
        func find(_ role: TokenizerSettings.Role, _ usual: [String]) -> Int? {
            if settings.absent[role] != nil { return nil }
            if let token = settings.named[role] { return id(token.content) }
            return usual.lazy.compactMap(id).first
        }
        return SpecialTokens(
            classification: find(.classification, ["[CLS]", "<s>"]),
            separator: find(.separator, ["[SEP]", "</s>"]),
            padding: find(.padding, ["[PAD]", "<pad>"]) ?? 0,
            unknown: find(.unknown, ["[UNK]", "<unk>", "<|endoftext|>"]) ?? unknown ?? 0,
            mask: find(.mask, ["[MASK]", "<mask>"]))
    }

    var pieceCount: Int { (model.spellings.keys.max() ?? -1) + 1 }

    func piece(_ id: Int) -> String? { spellings[id] }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        let original = TracedText(original: text)
        let spans = VisibleSpans(original)
        var tokens: [Token] = []
        for stretch in added.split(original) {
            switch stretch {
            case .token(let id, let span): append(id, spans.trimmed(span), to: &tokens)
            case .text(let text, let start):
                for word in preTokenizer?.words(of: text, start: start) ?? [text] {
                    try append(word, spans, to: &tokens)
                }
            }
        }
        return tokens
    }

    /// Adds a token whose span does not go back behind the last one's: a blank put before a word inside of what one
    /// character became would stand before that character, and a token may lie in white space that another has taken.
    private func append(_ id: Int, _ span: Range<Int>, to tokens: inout [Token]) {
        let last = tokens.last?.span ?? 0..<0
        let span = max(span.lowerBound, last.lowerBound)..<max(span.upperBound, last.upperBound)
        tokens.append(Token(id: id, piece: piece(id) ?? "", span: span))
    }

    private func append(_ word: TracedText, _ spans: VisibleSpans, to tokens: inout [Token])
        throws(LoaderError)
    {
        var owners: [Int] = []
        for (index, traced) in word.scalars.enumerated() {
            for _ in traced.scalar.utf8 { owners.append(index) }
        }
        guard !owners.isEmpty else { return }
        for piece in try model.pieces(of: word) {
            // A piece of the suffix that ends a word has no bytes of it, and stands for the last character.
            let start = min(piece.range.lowerBound, owners.count - 1)
            let last = max(start, piece.range.upperBound - 1)
            let first = word.scalars[owners[start]].span
            let span = spans.trimmed(first.joined(with: word.scalars[owners[last]].span))
            append(piece.id, span, to: &tokens)
        }
    }
}

/// Which bytes of a text are white space.
private struct VisibleSpans {
    /// For each byte where the white space ends that it is of; the byte itself if it is of none.
    private var ends: [Int] = []
    /// For each byte where that white space begins.
    private var starts: [Int] = []

    init(_ text: TracedText) {
        for traced in text.scalars {
            for byte in traced.span {
                let isBlank = traced.scalar.isPythonWhiteSpace
                let goesOn = isBlank && byte > 0 && ends[byte - 1] == byte
                starts.append(goesOn ? starts[byte - 1] : byte)
                ends.append(isBlank ? byte + 1 : byte)
            }
        }
        // From the last byte of white space to the others.
        for byte in ends.indices.dropLast().reversed() where ends[byte] == byte + 1 {
            ends[byte] = max(byte + 1, ends[byte + 1])
        }
    }

    /// The range without white space at its ends; the range itself where there is nothing else.
    ///
    /// - Complexity: O(1).
    func trimmed(_ span: Range<Int>) -> Range<Int> {
        guard let first = span.first, let last = span.last, ends[first] < span.upperBound else { return span }
        return ends[first]..<(ends[last] > last ? starts[last] : span.upperBound)
    }
}
