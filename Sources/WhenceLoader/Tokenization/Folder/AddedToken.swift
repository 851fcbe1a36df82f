/// A token that is looked for in the text as it stands, before anything is cut.
struct AddedToken: Sendable, Hashable {
    /// How it is spelt.
    var content: String
    /// It takes the white space before it.
    var takesSpaceBefore = false
    /// It takes the white space behind it.
    var takesSpaceBehind = false
    /// It counts only where blanks stand beside it.
    var isWholeWord = false
    /// It is one of the tokens with a meaning of their own.
    var isSpecial = true
    /// Lower-casing leaves it alone although it is not special.
    var isNormalized = false

    /// The files give the rules above; where they give only the spelling, a tokenizer has rules of its own.
    var hasRules = false

    /// A token without further rules.
    init(_ content: String) {
        self.content = content
    }

    /// A token as the files have it: a text, or an object with `content` and the rules.
    init?(_ json: TokenizerJSON, isSpecial: Bool? = nil) {
        if let text = json.string {
            self.init(text)
            return
        }
        guard let object = json.object, let content = object["content"]?.string else { return nil }
        self.init(content)
        takesSpaceBefore = object["lstrip"]?.bool ?? false
        takesSpaceBehind = object["rstrip"]?.bool ?? false
        isWholeWord = object["single_word"]?.bool ?? false
        self.isSpecial = isSpecial ?? object["special"]?.bool ?? false
        isNormalized = object["normalized"]?.bool ?? !self.isSpecial
        hasRules = true
    }

    /// The tokens of a list whose entries tell their ids, as `tokenizer.json` has it.
    ///
    /// - Throws: `LoaderError.invalid` for an entry without a content or an id.
    static func numbered(
        _ list: [TokenizerJSON], path: String
    ) throws(LoaderError) -> [(id: Int, token: AddedToken)] {
        var result: [(id: Int, token: AddedToken)] = []
        for (index, entry) in list.enumerated() {
            guard let token = AddedToken(entry), let id = entry.object?["id"]?.id else {
                throw .invalid(
                    path: path, place: "added_tokens[\(index)]", expected: "a token and its id",
                    found: "an entry of another form", hint: "Save the tokenizer again.")
            }
            result.append((id, token))
        }
        return result
    }
}
