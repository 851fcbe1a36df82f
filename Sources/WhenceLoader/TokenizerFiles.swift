internal import Foundation

/// Which of a tokenizer's files a model folder holds; what is in them is the tokenizer's own to read.
public struct TokenizerFiles: Sendable, Hashable {
    /// Their names, in alphabetical order; empty for a model that takes ids, as one of items does.
    public let names: [String]

    private static let known = [
        "added_tokens.json", "assets/tokenizer/merges.txt", "assets/tokenizer/vocabulary.json",
        "assets/tokenizer/vocabulary.spm", "assets/tokenizer/vocabulary.txt", "merges.txt",
        "preprocessor.json",
        "sentencepiece.bpe.model", "special_tokens_map.json", "spiece.model", "spm.model", "tokenizer.json",
        "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt",
    ]

    /// Looks through a folder.
    public init(in folder: String) {
        names = Self.known.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
    }
}
