internal import Foundation

/// The files of a model folder that say how texts become tokens.
struct TokenizerFolder: Sendable {
    /// The folder.
    let path: String
    /// The vocabulary of WordPiece; `nil` when the folder has none.
    let wordPieceVocabulary: String?
    /// The SentencePiece model; `nil` when the folder has none.
    let sentencePieceModel: String?
    /// The vocabulary and the merges of byte-level BPE; `nil` when the folder lacks one of them.
    let bytePairFiles: (vocabulary: String, merges: String)?
    /// `tokenizer.json`; `nil` when the folder has none.
    let fastFile: String?
    /// What the configuration files say.
    let settings: TokenizerSettings

    /// The names that a SentencePiece model goes by, the first one present being taken.
    static let sentencePieceNames = [
        "spiece.model", "sentencepiece.bpe.model", "spm.model", "tokenizer.model",
    ]

    /// Looks at a folder.
    ///
    /// - Throws: `LoaderError` when the folder is not there or a configuration file is broken.
    init(at path: String) throws(LoaderError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw .missing(
                path: path, what: "the model folder",
                hint: "Name a folder with config.json, weights and tokenizer.")
        }
        self.path = path
        func file(_ name: String) -> String? {
            let file = path + "/" + name
            return FileManager.default.fileExists(atPath: file) ? file : nil
        }
        wordPieceVocabulary = file("vocab.txt")
        sentencePieceModel = Self.sentencePieceNames.lazy.compactMap(file).first
        bytePairFiles = file("vocab.json").flatMap { vocabulary in
            file("merges.txt").map { (vocabulary, $0) }
        }
        fastFile = file("tokenizer.json")
        settings = try TokenizerSettings(folder: path)
    }

    /// The bytes of a file; `nil` when there is no such file.
    ///
    /// - Parameter limit: the most bytes that such a file can sensibly hold.
    /// - Throws: `LoaderError.invalid` when it is there but cannot be read, or is too long.
    static func contents(of path: String, limit: Int = 32 << 20) throws(LoaderError) -> [UInt8]? {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
        guard !isFolder.boolValue else {
            throw .invalid(
                path: path, place: "path", expected: "a tokenizer's file", found: "a folder",
                hint: "Move it away, and copy the file from where the model came from.")
        }
        return try InputFile.contents(path, what: "a tokenizer's file", limit: limit)
    }

    /// What to say when no vocabulary that can be read is there.
    var nothingFound: LoaderError {
        let looked =
            (["vocab.txt"] + Self.sentencePieceNames + ["vocab.json with merges.txt", "tokenizer.json"])
            .joined(separator: ", ")
        return .missing(
            path: path, what: "the tokenizer (looked for \(looked))",
            hint: "Copy the tokenizer's files from where the model came from.")
    }
}
