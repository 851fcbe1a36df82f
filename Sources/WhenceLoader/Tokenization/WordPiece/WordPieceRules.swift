/// What BERT does to a text before its words are cut into pieces.
///
/// - Note: `BertTokenizer` and `BasicTokenizer` of Hugging Face transformers 4.48.3.
struct WordPieceRules: Sendable {
    /// Lower case, special tokens excepted.
    var lowercases: Bool
    /// Accents are dropped: `é` becomes `e`.
    var dropsAccents: Bool
    /// Every Chinese character is a word.
    var separatesChinese: Bool
    /// Words are found as below; otherwise a text is split at white space and nothing else is done to it.
    var findsWords: Bool
    /// Words that stay as they are.
    var neverSplit: Set<[Unicode.Scalar]> = []
    /// Those of them that the vocabulary has to have whole.
    var neverCut: Set<[Unicode.Scalar]>

    /// The switches of `tokenizer_config.json`, with the defaults of the class.
    init(_ settings: TokenizerSettings) {
        findsWords = settings.flag("do_basic_tokenize") ?? true
        lowercases = findsWords && settings.flag("do_lower_case") ?? true
        dropsAccents = settings.flag("strip_accents") ?? lowercases
        separatesChinese = settings.flag("tokenize_chinese_chars") ?? true
        neverCut = Set(settings.texts("never_split").map { Array($0.unicodeScalars) })
    }

    /// The words of a stretch of text without special tokens.
    ///
    /// - Complexity: O(characters).
    func words(of stretch: TracedText) -> [TracedText] {
        guard findsWords else { return stretch.split(where: \.isPythonWhiteSpace) }
        let words = separated(stretch).composed().split(where: \.isPythonWhiteSpace)
        return words.flatMap { word in
            if neverSplit.contains(word.scalars.map(\.scalar)) { return [word] }
            return spelt(word).splitAtPunctuation()
        }
    }

    /// Cleaned, and with blanks around Chinese characters.
    private func separated(_ text: TracedText) -> TracedText {
        text.mapped { scalar in
            if scalar.isDroppedByBert { return [] }
            if scalar.isBertWhiteSpace { return [" "] }
            return separatesChinese && scalar.isChineseCharacter ? [" ", scalar, " "] : [scalar]
        }
    }

    /// A word in lower case and without accents, as far as the rules say so.
    private func spelt(_ word: TracedText) -> TracedText {
        let word = lowercases ? word.lowercased() : word
        guard dropsAccents else { return word }
        return word.decomposed(.canonical).droppingMarks { $0.properties.generalCategory == .nonspacingMark }
    }
}
