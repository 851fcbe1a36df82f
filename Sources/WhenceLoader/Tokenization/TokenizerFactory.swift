/// The tokenizer of a model folder.
///
/// A Keras preset has its vocabulary in `assets/tokenizer` and says in `tokenizer.json` what cuts it. In folders of
/// Hugging Face the class that `tokenizer_config.json` or `config.json` names decides, and where none is named, the
/// architecture: WordPiece (`vocab.txt`) for BERT, DistilBERT and ELECTRA, byte-level BPE (`vocab.json` and
/// `merges.txt`) for RoBERTa and GPT-2, SentencePiece (`spiece.model`, `sentencepiece.bpe.model`, `spm.model` or
/// `tokenizer.model`) with the rules of ALBERT, XLM-RoBERTa, CamemBERT or DeBERTa-v2. Where the vocabulary of that
/// kind is not there, another one is taken: SentencePiece then gets the text as it is (`SentencePieceRules.plain`),
/// unless the model is ALBERT's. `tokenizer.json` is taken where it is all there is, or for `TokenizerChoice.fast`.
///
/// - Parameters:
///   - path: the model folder.
///   - modelType: the architecture by the name that `config.json` gives it.
///   - vocabularySize: rows of the model's word embedding; `nil` when they are not known. A smaller vocabulary is
///     fine: embeddings are often padded.
///   - choice: slow or fast.
/// - Throws: `LoaderError.missing` without a vocabulary, `.invalid` when a file is broken or the vocabulary is
///   larger than the model's or the model has no row for a token of every text, `.unsupported` when the class has
///   rules of its own that Whence does not know.
func makeTokenizer(
    folder path: String, modelType: String, vocabularySize: Int?, choice: TokenizerChoice = .slow
) throws(LoaderError) -> any Tokenizer {
    if KerasTokenizerFolder.isThere(in: path) {
        return try KerasTokenizerFolder(at: path).tokenizer(vocabularySize: vocabularySize)
    }
    let folder = try TokenizerFolder(at: path)
    let (tokenizer, vocabulary) = try folder.tokenizer(
        modelType: modelType, vocabularySize: vocabularySize, choice: choice)
    guard let rowCount = vocabularySize else { return tokenizer }
    try demand(tokenizer.pieceCount, in: vocabulary, fitsInto: rowCount)
    return try RowLimitedTokenizer.limiting(tokenizer, to: rowCount) {
        folder.settings.file(of: $0) ?? vocabulary
    }
}

/// The tokenizer of a model folder of a known family.
///
/// - Throws: what the function above throws.
func makeTokenizer(
    folder path: String, family: ModelFamily, vocabularySize: Int?, choice: TokenizerChoice = .slow
) throws(LoaderError) -> any Tokenizer {
    try makeTokenizer(
        folder: path, modelType: family.rawValue, vocabularySize: vocabularySize, choice: choice)
}

/// Refuses a vocabulary with ids beyond the model's word embedding.
func demand(_ size: Int, in path: String, fitsInto limit: Int?) throws(LoaderError) {
    guard let limit, size > limit else { return }
    throw .invalid(
        path: path, place: "vocabulary size", expected: "at most \(limit), the model's word embedding",
        found: "\(size)",
        hint: "The tokenizer belongs to another model: copy the one this model was trained with.")
}
