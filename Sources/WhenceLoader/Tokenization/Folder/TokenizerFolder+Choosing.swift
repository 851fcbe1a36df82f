extension TokenizerFolder {
    /// The tokenizer that the files and the architecture ask for, and the file that holds its vocabulary.
    func tokenizer(
        modelType: String, vocabularySize: Int?, choice: TokenizerChoice
    ) throws(LoaderError) -> (any TemplatedTokenizer, String) {
        let named = settings.tokenizerClass.flatMap { TokenizerClass(rawValue: $0) }
        if let name = settings.tokenizerClass, named == nil, fastFile == nil {
            throw .unsupported(
                path: path, found: "the tokenizer class \(name)",
                known: TokenizerClass.allCases.map(\.rawValue).filter { $0 != TokenizerClass.any.rawValue })
        }
        let byModel = TokenizerClass(modelType: modelType)
        let wanted = named == .any ? byModel : named ?? byModel
        let isUnknown = settings.tokenizerClass != nil && named == nil
        // A class without rules that are known has those of `tokenizer.json` alone, whatever the architecture.
        let isFileAlone = isUnknown || named == .any && fastFile != nil
        if choice == .fast || isFileAlone || available(wanted) == nil {
            guard let fastFile else {
                if choice == .fast, available(wanted) != nil { throw noFastFile }
                throw nothingFound
            }
            let tokenizer = try FastTokenizer(
                path: fastFile, settings: settings, owner: isFileAlone ? nil : wanted,
                hasTypes: byModel?.hasTypes != false && wanted?.hasTypes != false, limit: vocabularySize)
            return (tokenizer, fastFile)
        }
        let algorithm = available(wanted)
        // A class without rules that are known puts around a text what there is.
        if wanted?.algorithm == algorithm { try settings.demand(wanted?.needed ?? []) }
        switch algorithm {
        case .wordPiece: return try wordPiece(limit: vocabularySize)
        case .sentencePiece:
            // A class of another kind says nothing about SentencePiece, but ALBERT's models had one from the first.
            let own = wanted?.algorithm == .sentencePiece ? wanted : byModel == .albert ? .albert : nil
            return try sentencePiece(own, limit: vocabularySize)
        case .bytePair:
            return try bytePair(wanted == .gpt2 ? .gpt2 : .roberta, limit: vocabularySize)
        case nil: throw nothingFound
        }
    }

    /// The kind of vocabulary that is taken: the wanted one where it is there, else the first there is.
    private func available(_ wanted: TokenizerClass?) -> TokenizerClass.Algorithm? {
        var there: [TokenizerClass.Algorithm] = []
        if wordPieceVocabulary != nil { there.append(.wordPiece) }
        if sentencePieceModel != nil { there.append(.sentencePiece) }
        if bytePairFiles != nil { there.append(.bytePair) }
        if let algorithm = wanted?.algorithm, there.contains(algorithm) { return algorithm }
        return there.first
    }

    private var noFastFile: LoaderError {
        .missing(
            path: path, what: "tokenizer.json, which the fast tokenizer is read from,",
            hint: "Choose the slow tokenizer, or save the folder's fast one with the transformers library.")
    }

    private func wordPiece(limit: Int?) throws(LoaderError) -> (any TemplatedTokenizer, String) {
        guard let file = wordPieceVocabulary, let bytes = try Self.contents(of: file) else {
            throw nothingFound
        }
        let tokenizer = try WordPieceTokenizer(
            vocabulary: bytes, path: file, settings: settings, limit: limit)
        return (tokenizer, file)
    }

    private func sentencePiece(
        _ own: TokenizerClass?, limit: Int?
    ) throws(LoaderError) -> (any TemplatedTokenizer, String) {
        guard let file = sentencePieceModel, let bytes = try Self.contents(of: file) else {
            throw nothingFound
        }
        let model = try SentencePieceModel(bytes, path: file)
        let rules: SentencePieceRules =
            switch own {
            case .albert: .albert(settings)
            case .xlmRoberta: .xlmRoberta
            case .camembert: .camembert
            case .debertaV2: .debertaV2(settings)
            default: .plain(settings)
            }
        try demand(rules.rows.count(pieces: model.file.pieces.count), in: file, fitsInto: limit)
        let tokenizer = SentencePieceTokenizer(model: model, rules: rules, settings: settings, limit: limit)
        return (tokenizer, file)
    }

    private func bytePair(
        _ family: ByteLevelTokenizer.Family, limit: Int?
    ) throws(LoaderError) -> (any TemplatedTokenizer, String) {
        guard let files = bytePairFiles else { throw nothingFound }
        let tokenizer = try ByteLevelTokenizer(files: files, family: family, settings: settings, limit: limit)
        return (tokenizer, files.vocabulary)
    }
}
