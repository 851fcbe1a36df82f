/// The added tokens of a fast tokenizer, with the ids that the library gives them.
///
/// To those of `tokenizer.json` come, in this order, the tokens that the folder's settings have ids for and the special
/// tokens that the settings name or that belong to the class. The ids in the files say only in which order tokens are
/// added: one that is known already keeps its id and takes the later rules; any other goes behind the vocabulary and
/// the tokens before it.
///
/// - Note: `PreTrainedTokenizerFast.__init__` of Hugging Face transformers 4.48.3, and
///   `AddedVocabulary::add_tokens` of https://github.com/huggingface/tokenizers, version 0.21.
struct FastAddedVocabulary: Sendable {
    /// The tokens by id.
    private(set) var tokens: [Int: AddedToken] = [:]
    private var ids: [[UInt8]: Int] = [:]
    /// The first id that a token gets which the model does not have.
    private var next: Int
    private let model: FastModel
    private let limit: Int?

    /// - Parameters:
    ///   - file: the tokens of `tokenizer.json`, in their order.
    ///   - settings: what the folder's other files say.
    ///   - owner: whose special tokens there are where the files are silent; `nil` for nobody's.
    ///   - model: what has ids of its own.
    ///   - limit: rows of the model's word embedding, beyond which special tokens that no file has an id for do not
    ///     exist; `nil` when they are not known.
    init(
        file: [AddedToken], settings: TokenizerSettings, owner: TokenizerClass?, model: FastModel, limit: Int?
    ) {
        self.model = model
        self.limit = limit
        next = model.spellings.count
        for token in file { add(token, isInFile: true) }
        let specials = Self.specials(settings, owner)
        let spellings = Set(specials.map { Array($0.content.utf8) })
        for (_, token) in settings.added.sorted(by: { $0.key < $1.key }) {
            var token = token
            token.isSpecial = token.isSpecial || spellings.contains(Array(token.content.utf8))
            add(token, isInFile: true)
        }
        for var token in specials {
            // Rules of its own replace those there are; a mere spelling is added only where there are none.
            guard token.hasRules || ids[Array(token.content.utf8)] == nil else { continue }
            token.isSpecial = true
            add(token, isInFile: false)
        }
    }

    /// The id of a spelling; `nil` when neither the added tokens nor the model have it.
    func id(of spelling: String) -> Int? {
        ids[Array(spelling.utf8)] ?? model.id(of: spelling)
    }

    private mutating func add(_ token: AddedToken, isInFile: Bool) {
        guard !token.content.isEmpty else { return }
        let id = id(of: token.content) ?? next
        if !isInFile, let limit, id >= limit { return }
        next = max(next, id + 1)
        ids[Array(token.content.utf8)] = id
        tokens[id] = token
    }

    /// The special tokens in the order in which they are added, each spelling once.
    private static func specials(_ settings: TokenizerSettings, _ owner: TokenizerClass?) -> [AddedToken] {
        var all = TokenizerSettings.Role.allCases.compactMap { role -> AddedToken? in
            guard settings.absent[role] == nil else { return nil }
            var token = settings.named[role] ?? owner?.specialTokens[role]
            if role == .mask, token?.hasRules == false, let owner { token = token.map(owner.maskOfFast) }
            return token
        }
        all += settings.additional.isEmpty ? owner?.additionalTokensOfFast ?? [] : settings.additional
        var seen: Set<[UInt8]> = []
        return all.filter { seen.insert(Array($0.content.utf8)).inserted }
    }
}

extension TokenizerClass {
    /// The special tokens that the class has where the files are silent.
    var specialTokens: [TokenizerSettings.Role: AddedToken] {
        func first(_ rules: SentencePieceRules) -> [TokenizerSettings.Role: AddedToken] {
            rules.spellings.compactMapValues { $0.first.map { AddedToken($0) } }
        }
        switch self {
        case .bert, .distilbert, .electra: return WordPieceTokenizer.specials
        case .albert: return first(.albert(TokenizerSettings()))
        case .xlmRoberta: return first(.xlmRoberta)
        case .camembert: return first(.camembert)
        case .debertaV2: return first(.debertaV2(TokenizerSettings()))
        case .roberta: return ByteLevelTokenizer.specials(.roberta)
        case .gpt2: return ByteLevelTokenizer.specials(.gpt2)
        case .any: return [:]
        }
    }

    /// A mask token given by its spelling alone, with the rules that the fast class puts on it.
    fileprivate func maskOfFast(_ spelt: AddedToken) -> AddedToken {
        var token = spelt
        switch self {
        case .albert, .camembert, .roberta, .xlmRoberta:
            token.takesSpaceBefore = true
            token.hasRules = true
            token.isNormalized = false
        case .bert, .distilbert, .electra, .debertaV2, .gpt2, .any: break
        }
        return token
    }

    /// Further special tokens of the fast class where the files name none.
    fileprivate var additionalTokensOfFast: [AddedToken] {
        self == .camembert ? ["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"].map { AddedToken($0) } : []
    }
}
