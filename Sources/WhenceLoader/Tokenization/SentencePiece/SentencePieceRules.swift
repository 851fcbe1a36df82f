/// What a family does to a text before and after SentencePiece, and how it spells its special tokens.
struct SentencePieceRules: Sendable {
    /// Lower case, special tokens excepted.
    var lowercases = false
    /// White space at the ends is dropped, and runs of it become one blank.
    var collapsesWhiteSpace = false
    /// Two back quotes or two apostrophes become `"`.
    var straightensDoubledQuotes = false
    /// Characters are taken apart (NFKD), and the accents are dropped.
    var dropsAccents = false
    /// A piece of digits with a comma at its end is cut before the comma.
    var splitsCommasFromDigits = false
    /// Spellings of the special tokens where the files are silent; the first one that the model has is taken.
    var spellings: [TokenizerSettings.Role: [String]]
    /// The mask token takes the white space before it, unless the files give rules of their own.
    var maskTakesSpaceBefore = false
    /// A special token that the model lacks is added behind its vocabulary, as ALBERT's class does.
    var addsMissingTokens = false
    /// Punctuation marks, and what stands between them, are given to SentencePiece one by one.
    var splitsAtPunctuation = false
    /// How the model's piece numbers become ids.
    var rows = SentencePieceRows.asInModel
    /// What goes around one text or two.
    var template = EncodingTemplate.Style.bert

    /// ALBERT's: `AlbertTokenizer` of Hugging Face transformers, with the switches of `tokenizer_config.json`.
    static func albert(_ settings: TokenizerSettings) -> SentencePieceRules {
        SentencePieceRules(
            lowercases: settings.flag("do_lower_case") ?? true,
            collapsesWhiteSpace: settings.flag("remove_space") ?? true,
            straightensDoubledQuotes: true,
            dropsAccents: !(settings.flag("keep_accents") ?? false),
            splitsCommasFromDigits: true,
            spellings: [
                .begin: ["[CLS]"], .end: ["[SEP]"], .unknown: ["<unk>"], .separator: ["[SEP]"],
                .padding: ["<pad>"], .classification: ["[CLS]"], .mask: ["[MASK]"],
            ],
            maskTakesSpaceBefore: true,
            addsMissingTokens: true)
    }

    /// XLM-RoBERTa's: `XLMRobertaTokenizer`. The text goes to SentencePiece as it is.
    static let xlmRoberta = SentencePieceRules(
        spellings: robertaSpellings, maskTakesSpaceBefore: true, addsMissingTokens: true, rows: .xlmRoberta,
        template: .roberta)

    /// CamemBERT's: `CamembertTokenizer`. The text goes to SentencePiece as it is.
    static let camembert = SentencePieceRules(
        spellings: robertaSpellings, maskTakesSpaceBefore: true, addsMissingTokens: true, rows: .camembert,
        template: .roberta)

    private static let robertaSpellings: [TokenizerSettings.Role: [String]] = [
        .begin: ["<s>"], .end: ["</s>"], .unknown: ["<unk>"], .separator: ["</s>"], .padding: ["<pad>"],
        .classification: ["<s>"], .mask: ["<mask>"],
    ]

    /// DeBERTa's, versions 2 and 3: `DebertaV2Tokenizer`, with the switches of `tokenizer_config.json`.
    static func debertaV2(_ settings: TokenizerSettings) -> SentencePieceRules {
        SentencePieceRules(
            lowercases: settings.flag("do_lower_case") ?? false,
            spellings: [
                .begin: ["[CLS]"], .end: ["[SEP]"], .unknown: ["[UNK]"], .separator: ["[SEP]"],
                .padding: ["[PAD]"], .classification: ["[CLS]"], .mask: ["[MASK]"],
            ],
            addsMissingTokens: true, splitsAtPunctuation: settings.flag("split_by_punct") ?? false)
    }

    /// A SentencePiece model whose class has no rules of its own: the text goes to it as it is (in lower case
    /// only when `do_lower_case` says so), and the special tokens are the pieces that the model has for them.
    ///
    /// This is what BERT folders with a SentencePiece model get unless they name ALBERT's class.
    static func plain(_ settings: TokenizerSettings) -> SentencePieceRules {
        SentencePieceRules(
            lowercases: settings.flag("do_lower_case") ?? false,
            spellings: [
                .unknown: ["<unk>", "[UNK]"], .separator: ["[SEP]", "</s>"], .padding: ["<pad>", "[PAD]"],
                .classification: ["[CLS]", "<s>"], .mask: ["[MASK]", "<mask>"],
            ])
    }

    /// The tokens to look for in a text.
    ///
    /// - Parameter limit: rows of the model's word embedding; `nil` when they are not known.
    func vocabulary(
        of model: SentencePieceModel, _ settings: TokenizerSettings, limit: Int?
    ) -> AddedVocabulary {
        var settings = settings
        let rows = rows
        var defaults: [TokenizerSettings.Role: AddedToken] = [:]
        for (role, candidates) in spellings {
            let known = candidates.first { rows.id(of: $0, in: model) != nil }
            guard let spelling = known ?? (addsMissingTokens ? candidates.first : nil) else { continue }
            defaults[role] = AddedToken(spelling)
        }
        // CamemBERT's class puts its five tokens over those of the files.
        settings.added.merge(rows.fixedTokens) { $1 }
        return AddedVocabulary(
            settings: settings, defaults: defaults, maskTakesSpaceBefore: maskTakesSpaceBefore,
            size: rows.count(pieces: model.file.pieces.count), limit: limit,
            lookup: { rows.id(of: $0, in: model) })
    }

    /// A stretch of text without special tokens as SentencePiece gets it.
    func prepared(_ stretch: TracedText) -> TracedText {
        var text = stretch
        if collapsesWhiteSpace { text = text.collapsingWhiteSpace() }
        if straightensDoubledQuotes {
            text = text.replacingPairs(of: "`", by: "\"").replacingPairs(of: "'", by: "\"")
        }
        if dropsAccents { text = text.decomposed(.compatibility).droppingMarks { $0.combiningClass != 0 } }
        // The text is in lower case already, but taking it apart can bring capitals: 𝒯 becomes T.
        return lowercases ? text.lowercased() : text
    }
}
