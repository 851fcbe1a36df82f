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
        var defaults: [TokenizerSettings.Role: AddedToken] = [:]
        for (role, candidates) in spellings {
            let known = candidates.first { model.knownID(of: $0) != nil }
            guard let spelling = known ?? (addsMissingTokens ? candidates.first : nil) else { continue }
            defaults[role] = AddedToken(spelling)
        }
        if maskTakesSpaceBefore {
            defaults[.mask]?.takesSpaceBefore = true
            if settings.named[.mask]?.hasRules == false { settings.named[.mask]?.takesSpaceBefore = true }
        }
        return AddedVocabulary(
            settings: settings, defaults: defaults, size: model.file.pieces.count, limit: limit,
            lookup: model.knownID)
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
