/// What `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json` say about a tokenizer.
///
/// Every file may be missing; folders of 2020 hold only the vocabulary. As in the reference library,
/// `special_tokens_map.json`, `added_tokens.json` and the added tokens of `tokenizer.json` count only when
/// `tokenizer_config.json` has no `added_tokens_decoder`.
struct TokenizerSettings: Sendable {
    /// What a special token is for, in the order in which missing ones are added to a vocabulary.
    enum Role: String, Sendable, CaseIterable {
        case begin = "bos_token"
        case end = "eos_token"
        case unknown = "unk_token"
        case separator = "sep_token"
        case padding = "pad_token"
        case classification = "cls_token"
        case mask = "mask_token"
    }

    /// The class that wrote the files, such as `AlbertTokenizer`, without `Fast`; `nil` when nothing says.
    var tokenizerClass: String?
    /// The tokens with a meaning of their own, as far as the files name them.
    var named: [Role: AddedToken] = [:]
    /// Those that a file says there are none of, whatever the class has, and that file.
    var absent: [Role: String] = [:]
    /// Further special tokens.
    var additional: [AddedToken] = []
    /// Tokens with ids that the files give them.
    var added: [Int: AddedToken] = [:]
    /// The file that each of them was read from.
    private var addedFiles: [Int: String] = [:]
    private var options = TokenizerJSON.Object()

    /// Settings that say nothing.
    init() {}

    /// Reads the files of a folder.
    ///
    /// - Throws: `LoaderError.invalid` when one of them is broken.
    init(folder: String) throws(LoaderError) {
        let path = folder + "/tokenizer_config.json"
        if let config = try TokenizerJSON.object(at: path) {
            options = config
            tokenizerClass = config["tokenizer_class"]?.string
            readNamed(config, path: path)
        }
        if tokenizerClass == nil, let model = try TokenizerJSON.object(at: folder + "/config.json") {
            tokenizerClass = model["tokenizer_class"]?.string
        }
        if let name = tokenizerClass, name.hasSuffix("Fast") { tokenizerClass = String(name.dropLast(4)) }

        if let decoder = options["added_tokens_decoder"]?.object {
            try readDecoder(decoder, path: path)
        } else {
            let names = folder + "/special_tokens_map.json"
            if let map = try TokenizerJSON.object(at: names) { readNamed(map, path: names) }
            if let ids = try TokenizerJSON.object(at: folder + "/added_tokens.json") {
                try readLegacy(ids, path: folder + "/added_tokens.json")
            }
            let fast = folder + "/tokenizer.json"
            if let tokens = try TokenizerJSON.object(at: fast)?["added_tokens"]?.array {
                try readFast(tokens, path: fast)
            }
        }
        try AddedToken.checkLength(
            Array(added.values) + additional + Array(named.values), path: folder,
            place: "added and special tokens")
    }

    /// A switch of `tokenizer_config.json`; `nil` when it is missing or `null`.
    func flag(_ name: String) -> Bool? { options[name]?.bool }

    /// A text of `tokenizer_config.json`; `nil` when it is missing or `null`.
    func text(_ name: String) -> String? { options[name]?.string }

    /// A list of texts in `tokenizer_config.json`; empty when it is missing or `null`.
    func texts(_ name: String) -> [String] { options[name]?.array?.compactMap(\.string) ?? [] }

    /// The most tokens that the files allow, template included; `nil` when they set no bound.
    var maximumLength: Int? {
        // The reference writes 10³⁰ for "no bound". Files of 2020 have the other name, which counts without the first.
        let stated = options["model_max_length"] ?? options["max_len"]
        guard let length = stated?.number, length >= 1, length < 1e9 else { return nil }
        return Int(length)
    }

    /// Where a text that is too long is cut; `nil` when the files do not say.
    var cutEnd: EncodingTemplate.CutEnd? {
        text("truncation_side").flatMap { EncodingTemplate.CutEnd(rawValue: $0) }
    }

    /// Special tokens in a text are no more than the characters they are spelt with.
    var splitsSpecialTokens: Bool { flag("split_special_tokens") ?? false }

    /// The file that gives an id to a token of this spelling; `nil` if it is the vocabulary's.
    func file(of spelling: String) -> String? {
        let ids = added.filter { $0.value.content.utf8.elementsEqual(spelling.utf8) }.keys
        return ids.min().flatMap { addedFiles[$0] }
    }

    /// Refuses files that say there is none of a token which the class cannot do without.
    ///
    /// The library then makes inputs with an id that is none, which no model takes.
    func demand(_ roles: [Role]) throws(LoaderError) {
        for role in roles {
            guard let path = absent[role] else { continue }
            throw .invalid(
                path: path, place: role.rawValue, expected: "a token, as every text needs it", found: "null",
                hint: "Name the token that the model was trained with, or leave the line out.")
        }
    }

    private mutating func readNamed(_ object: TokenizerJSON.Object, path: String) {
        for role in Role.allCases {
            guard let value = object[role.rawValue] else { continue }
            if let token = AddedToken(value, isSpecial: true) {
                named[role] = token
                absent[role] = nil
            } else if value == .null {
                named[role] = nil
                absent[role] = path
            }
        }
        var known = Set(additional.map { Array($0.content.utf8) })
        for value in object["additional_special_tokens"]?.array ?? [] {
            guard let token = AddedToken(value, isSpecial: true) else { continue }
            if known.insert(Array(token.content.utf8)).inserted { additional.append(token) }
        }
    }

    private mutating func readDecoder(
        _ decoder: TokenizerJSON.Object, path: String
    ) throws(LoaderError) {
        for member in decoder.members {
            guard let id = Int(member.name), id >= 0, id < Int(Int32.max),
                let token = AddedToken(member.value)
            else {
                throw .invalid(
                    path: path, place: "added_tokens_decoder.\(quoted(member.name))",
                    expected: "an id and its token", found: "an entry of another form",
                    hint: "Save the tokenizer again.")
            }
            (added[id], addedFiles[id]) = (token, path)
        }
        takeRulesOfAdded()
    }

    /// Where both name a token, the rules given with its id hold.
    private mutating func takeRulesOfAdded() {
        let known = added.sorted { $0.key < $1.key }.map(\.value)
        for (role, token) in named {
            named[role] = known.last { $0.content.utf8.elementsEqual(token.content.utf8) } ?? token
        }
    }

    /// The tokens of `tokenizer.json`, which the slow tokenizers take as well where nothing newer tells theirs.
    private mutating func readFast(_ tokens: [TokenizerJSON], path: String) throws(LoaderError) {
        for (id, token) in try AddedToken.numbered(tokens, path: path) {
            (added[id], addedFiles[id]) = (token, path)
        }
        takeRulesOfAdded()
    }

    private mutating func readLegacy(_ ids: TokenizerJSON.Object, path: String) throws(LoaderError) {
        let special = Set((Array(named.values) + additional).map { Array($0.content.utf8) })
        for member in ids.members {
            let content = member.name
            guard let id = member.value.id else {
                throw .invalid(
                    path: path, place: quoted(content), expected: "an id", found: "something else",
                    hint: "Save the tokenizer again.")
            }
            var token = AddedToken(content)
            token.isSpecial = special.contains(Array(content.utf8))
            token.isNormalized = !token.isSpecial
            (added[id], addedFiles[id]) = (token, path)
        }
    }
}
