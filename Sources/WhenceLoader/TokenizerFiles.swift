internal import Foundation

/// What a model folder says of its tokenizer: located and parsed, nothing built yet.
public struct TokenizerFiles: Sendable, Hashable {
    /// The folder.
    public let folder: String
    /// The path of the SentencePiece model, under whichever of its usual names.
    public let sentencePieceModel: String?
    /// The path of `vocab.txt`, a WordPiece vocabulary with a piece a line.
    public let vocabulary: String?
    /// The names of all tokenizer files in the folder, in alphabetical order.
    public let names: [String]
    /// `tokenizer_config.json`.
    let configuration: JSONObject?
    /// `special_tokens_map.json`.
    let specialTokensMap: JSONObject?
    /// `added_tokens.json`: ids of tokens that the vocabulary file does not hold.
    let addedTokens: [String: Int]

    private static let sentencePieceNames = ["spiece.model", "sentencepiece.bpe.model", "spm.model"]
    private static let otherNames = [
        "vocab.txt", "vocab.json", "merges.txt", "tokenizer.json", "tokenizer_config.json",
        "special_tokens_map.json", "added_tokens.json",
    ]

    /// Looks through a folder.
    ///
    /// - Throws: `invalid` for a JSON file that is damaged.
    public init(in folder: String) throws(LoaderError) {
        self.folder = folder
        let names = (Self.sentencePieceNames + Self.otherNames).filter {
            FileManager.default.fileExists(atPath: "\(folder)/\($0)")
        }
        self.names = names.sorted()
        sentencePieceModel = Self.sentencePieceNames.first(where: names.contains).map { "\(folder)/\($0)" }
        vocabulary = names.contains("vocab.txt") ? "\(folder)/vocab.txt" : nil
        configuration = try Self.object("tokenizer_config.json", in: folder, names)
        specialTokensMap = try Self.object("special_tokens_map.json", in: folder, names)
        var added: [String: Int] = [:]
        if let object = try Self.object("added_tokens.json", in: folder, names) {
            for token in object.keys {
                added[token] = try object.integer(token, in: 0...Int(Int32.max))
            }
        }
        addedTokens = added
    }

    private static func object(
        _ name: String, in folder: String, _ names: [String]
    ) throws(LoaderError) -> JSONObject? {
        names.contains(name) ? try JSONObject(readingFrom: "\(folder)/\(name)") : nil
    }
}
