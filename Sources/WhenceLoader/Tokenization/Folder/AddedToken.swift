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

    /// The same token, whose rules as they stand count as given.
    var withRules: AddedToken {
        var token = self
        token.hasRules = true
        return token
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
    /// - Throws: `LoaderError.invalid` for an entry without a content or an id, and for more than any tokenizer has.
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
        try checkLength(result.map(\.token), path: path, place: "added_tokens")
        return result
    }

    /// Several times those of the largest tokenizers; several tables of all of them are made in seconds.
    private static let mostBytes = 2 << 20

    /// Refuses tokens that are more bytes together, or one by one, than any tokenizer's.
    static func checkLength(_ tokens: [AddedToken], path: String, place: String) throws(LoaderError) {
        let byteCount = tokens.reduce(0) { $0 + $1.content.utf8.count }
        guard byteCount <= mostBytes else {
            throw .invalid(
                path: path, place: place, expected: "at most \(mostBytes) bytes in all",
                found: "\(byteCount) bytes", hint: "Fetch or save the tokenizer again.")
        }
        let longest = tokens.reduce(0) { max($0, $1.content.utf8.count) }
        guard longest <= ByteTrie.longestString else {
            throw .invalid(
                path: path, place: place, expected: "at most \(ByteTrie.longestString) bytes each",
                found: "\(longest) bytes", hint: "Fetch or save the tokenizer again.")
        }
    }
}
