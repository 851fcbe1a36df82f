/// The tokenizer of a model folder.
///
/// The vocabulary that is there decides the kind: `vocab.txt` is cut by WordPiece, `spiece.model` (or
/// `sentencepiece.bpe.model`, `spm.model`, `tokenizer.model`) by SentencePiece. Where both are there, the class
/// that `tokenizer_config.json` or `config.json` names decides, and where none is named, the family: SentencePiece
/// for ALBERT, WordPiece for BERT. The class also decides the rules around SentencePiece: ALBERT's for
/// `AlbertTokenizer` and for ALBERT models whose folder names no class; for other BERT
/// models the text goes to SentencePiece as it is (`SentencePieceRules.plain`). WordPiece always has BERT's rules.
///
/// - Parameters:
///   - path: the model folder.
///   - family: the architecture that `config.json` names.
///   - vocabularySize: rows of the model's word embedding; `nil` when they are not known. A smaller vocabulary is
///     fine: embeddings are often padded.
/// - Throws: `LoaderError.missing` without a vocabulary, `.invalid` when a file is broken or the vocabulary is
///   larger than the model's, `.unsupported` when the class has rules of its own that Whence does not know.
func makeTokenizer(
    folder path: String, family: ModelFamily, vocabularySize: Int?
) throws(LoaderError) -> any Tokenizer {
    let folder = try TokenizerFolder(at: path)
    let named = folder.settings.tokenizerClass
    // The last two are copies of the first under other names.
    let wordPieceClasses = ["BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer"]
    let sentencePieceClasses = ["AlbertTokenizer"]
    let anyClasses = ["PreTrainedTokenizer"]
    if let named, !(wordPieceClasses + sentencePieceClasses + anyClasses).contains(named) {
        throw .unsupported(
            path: path, found: "the tokenizer class \(named)", known: wordPieceClasses + sentencePieceClasses)
    }
    let prefersSentencePiece =
        named.map { sentencePieceClasses.contains($0) || family == .albert && anyClasses.contains($0) }
        ?? (family == .albert)

    let tokenizer: any Tokenizer
    let vocabulary: String
    switch (folder.wordPieceVocabulary, folder.sentencePieceModel) {
    case (_, let file?) where prefersSentencePiece, (nil, let file?):
        guard let bytes = try TokenizerFolder.contents(of: file) else { throw folder.nothingFound }
        let model = try SentencePieceModel(bytes, path: file)
        try demand(model.file.pieces.count, in: file, fitsInto: vocabularySize)
        let isAlbert = named == "AlbertTokenizer" || family == .albert
        tokenizer = SentencePieceTokenizer(
            model: model, rules: isAlbert ? .albert(folder.settings) : .plain(folder.settings),
            settings: folder.settings, limit: vocabularySize)
        vocabulary = file
    case (let file?, _):
        guard let bytes = try TokenizerFolder.contents(of: file) else { throw folder.nothingFound }
        tokenizer = try WordPieceTokenizer(
            vocabulary: bytes, path: file, settings: folder.settings, limit: vocabularySize)
        vocabulary = file
    case (nil, nil):
        throw folder.nothingFound
    }
    try demand(tokenizer.vocabularySize, in: vocabulary, fitsInto: vocabularySize)
    return tokenizer
}

/// Refuses a vocabulary with ids beyond the model's word embedding.
private func demand(_ size: Int, in path: String, fitsInto limit: Int?) throws(LoaderError) {
    guard let limit, size > limit else { return }
    throw .invalid(
        path: path, place: "vocabulary size", expected: "at most \(limit), the model's word embedding",
        found: "\(size)",
        hint: "The tokenizer belongs to another model: copy the one this model was trained with.")
}
