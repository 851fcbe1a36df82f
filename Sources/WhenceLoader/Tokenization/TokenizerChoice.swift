/// Which of two tokenizers is taken where a folder has the files of both.
///
/// Hugging Face's slow tokenizers (Python, from `vocab.txt`, a SentencePiece model, or `vocab.json` and `merges.txt`)
/// and fast ones (Rust, from `tokenizer.json`) of one folder mostly agree. They differ in white space and user-defined
/// pieces for ALBERT, in accents of their own for cased BERT, and in which of two texts loses an odd token.
public enum TokenizerChoice: String, Sendable, Hashable, Codable, CaseIterable {
    /// The slow one, with which most published models were trained; `tokenizer.json` where it is all there is.
    case slow
    /// The fast one; the folder has to have a `tokenizer.json`.
    case fast
}
