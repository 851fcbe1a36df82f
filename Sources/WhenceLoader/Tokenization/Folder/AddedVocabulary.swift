/// The tokens that are looked for in a text before it is cut, and the ids of those with a meaning.
///
/// A special token that the vocabulary lacks gets an id behind it, in the order of `TokenizerSettings.Role`,
/// as the reference library does. Where the model has no row for such an id, the token does not exist.
struct AddedVocabulary: Sendable {
    /// All tokens by id.
    let tokens: [Int: AddedToken]
    /// One more than the largest id of a token; 0 without any.
    let end: Int
    /// Spellings that lower-casing leaves alone, in the order in which they are tried.
    let protected: [String]
    /// Spellings of the special tokens.
    let specials: [String]
    /// The id of each token by its spelling, and that of a token whose id another one took.
    let ids: ByteTrie
    /// The tokens that are found in texts.
    let found: ByteTrie
    /// The tokens have ids, but a text is cut as if it had none of them.
    let isIgnoredInTexts: Bool
    private let roles: [TokenizerSettings.Role: Int]

    /// - Parameters:
    ///   - settings: what the folder's files say.
    ///   - defaults: the spellings that the tokenizer's class gives where the files are silent.
    ///   - maskTakesSpaceBefore: whether the mask token does, unless the files give rules of its own.
    ///   - size: the first id behind the vocabulary itself.
    ///   - limit: rows of the model's word embedding; `nil` when they are not known.
    ///   - lookup: the id of a spelling in the vocabulary itself.
    init(
        settings: TokenizerSettings, defaults: [TokenizerSettings.Role: AddedToken],
        maskTakesSpaceBefore: Bool = false, size: Int, limit: Int?, lookup: (String) -> Int?
    ) {
        var settings = settings
        var defaults = defaults
        if maskTakesSpaceBefore {
            defaults[.mask]?.takesSpaceBefore = true
            defaults[.mask]?.hasRules = true
            if settings.named[.mask]?.hasRules == false { settings.named[.mask]?.takesSpaceBefore = true }
        }
        var tokens = settings.added
        var ids: [[UInt8]: Int] = [:]
        var next = size
        for (id, token) in tokens.sorted(by: { $0.key < $1.key }) {
            ids[Array(token.content.utf8)] = id
            if lookup(token.content) == nil { next += 1 }
        }
        var specials: [String] = []
        var spellings: Set<[UInt8]> = []
        var roles: [TokenizerSettings.Role: Int] = [:]
        func add(_ token: AddedToken, as role: TokenizerSettings.Role?) {
            guard !token.content.isEmpty else { return }
            let spelling = Array(token.content.utf8)
            if spellings.insert(spelling).inserted { specials.append(token.content) }
            var id = ids[spelling]
            if id == nil {
                let found = lookup(token.content) ?? next
                if found == next { next += 1 }
                guard found < limit ?? Int.max else { return }
                tokens[found] = token
                ids[spelling] = found
                id = found
            }
            if let role { roles[role] = id }
        }
        for role in TokenizerSettings.Role.allCases {
            if settings.absent[role] != nil { continue }
            let named = settings.named[role]
            guard let token = named ?? defaults[role] else { continue }
            add(token, as: role)
            // Of a token that no file names by its purpose, the rules of the class go before those of its id.
            if named == nil, token.hasRules, let id = roles[role] { tokens[id] = token }
        }
        for token in settings.additional { add(token, as: nil) }

        self.tokens = tokens
        var found = ByteTrie()
        for (id, token) in tokens.sorted(by: { $0.key < $1.key }) { found.insert(token.content.utf8, id) }
        self.found = found
        // One more spelling for the id of a token that took that of another.
        for (spelling, id) in ids.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            found.insert(spelling, id)
        }
        self.ids = found
        self.roles = roles
        self.specials = specials
        isIgnoredInTexts = settings.splitsSpecialTokens
        end = (tokens.keys.max() ?? -1) + 1
        protected =
            specials
            + tokens.sorted { $0.key < $1.key }.map(\.value)
            .filter { !$0.isSpecial && $0.isNormalized }.map(\.content)
    }

    /// The id of the token for a purpose; `nil` when there is none that the model knows.
    func id(of role: TokenizerSettings.Role) -> Int? { roles[role] }

    /// The ids with a meaning, as a tokenizer tells them.
    ///
    /// - Parameter unknown: what stands for the unknown where no token does.
    func specialTokens(unknown: Int) -> SpecialTokens {
        SpecialTokens(
            classification: id(of: .classification), separator: id(of: .separator),
            padding: id(of: .padding) ?? 0, unknown: id(of: .unknown) ?? unknown, mask: id(of: .mask))
    }
}
