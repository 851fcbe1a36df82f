/// The options of KerasHub's WordPiece tokenizer.
struct KerasWordPieceOptions: Sendable {
    /// Words are put into lower case, ligatures and full-width letters folded (`NFKC_Casefold`).
    var lowercases = false
    /// Accents are dropped.
    var dropsAccents = false
    /// Words are found; otherwise a text is one word.
    var splits = true
    /// Chinese characters are words of their own.
    var separatesChinese = true
    /// What a piece begins with that goes on with a word.
    var continuation = "##"
    /// The piece for words that cannot be spelt.
    var unknown = "[UNK]"
    /// Special tokens that are recognised in a text.
    var specials: [String] = []

    /// What the class does without a configuration.
    init() {}

    /// Reads a configuration.
    ///
    /// - Throws: `LoaderError.invalid` for a field of another type.
    init(_ json: FastComponent) throws(LoaderError) {
        lowercases = try json.flag("lowercase", standard: false)
        dropsAccents = try json.flag("strip_accents", standard: false)
        splits = try json.flag("split", standard: true)
        separatesChinese = try json.flag("split_on_cjk", standard: true)
        continuation = try json.text("suffix_indicator") ?? "##"
        unknown = try json.text("oov_token") ?? "[UNK]"
        guard splits, try json.flag("special_tokens_in_strings", standard: false) else { return }
        specials = ["[CLS]", "[SEP]", "[PAD]", "[MASK]"]
        if json["special_tokens"] != nil { specials += try json.list("special_tokens").compactMap(\.string) }
    }
}
