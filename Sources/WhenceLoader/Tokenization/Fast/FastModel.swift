/// How a `tokenizer.json` cuts a word into pieces.
///
/// - Note: `models` of https://github.com/huggingface/tokenizers, version 0.21.
enum FastModel: Sendable {
    case wordPiece(FastWordPiece)
    case unigram(FastUnigram)
    case bytePair(FastBytePair)

    private static let known = ["WordPiece", "Unigram", "BPE"]

    /// Reads the part of the file.
    ///
    /// - Throws: `LoaderError.unsupported` for a kind that is not known, `.invalid` for damaged fields.
    init(_ json: FastComponent) throws(LoaderError) {
        // Files of 2020 do not say what kind of model they hold.
        let type =
            try json.text("type")
            ?? (json["merges"] != nil ? "BPE" : json["unk_id"] != nil ? "Unigram" : "WordPiece")
        switch type {
        case "WordPiece": self = .wordPiece(try FastWordPiece(json))
        case "Unigram": self = .unigram(try FastUnigram(json))
        case "BPE": self = .bytePair(try FastBytePair(json))
        default: throw json.unsupported("the model \(type)", known: Self.known)
        }
    }

    /// A word for what it is.
    var kind: String {
        switch self {
        case .wordPiece: "WordPiece"
        case .unigram: "unigram"
        case .bytePair: "BPE"
        }
    }

    /// The spelling of each id.
    var spellings: [Int: String] {
        switch self {
        case .wordPiece(let model): model.spellings
        case .unigram(let model): model.spellings
        case .bytePair(let model): model.vocabulary.spellings
        }
    }

    /// The id of what cannot be spelt; `nil` when the file names none.
    var unknown: Int? {
        switch self {
        case .wordPiece(let model): model.unknown
        case .unigram(let model): model.unknown
        case .bytePair(let model): model.unknown
        }
    }

    /// The id of a spelling; `nil` when the vocabulary does not have it.
    func id(of spelling: String) -> Int? {
        switch self {
        case .wordPiece(let model): model.trie.value(spelling.utf8)
        case .unigram(let model): model.trie.value(spelling.utf8)
        case .bytePair(let model): model.vocabulary.ids[Array(spelling.utf8)].map { Int($0) }
        }
    }

    /// A piece of a word.
    struct Piece {
        /// Its row in the vocabulary.
        var id: Int
        /// The bytes of the word that it stands for.
        var range: Range<Int>
    }

    /// The pieces of a word.
    ///
    /// - Throws: `LoaderError.text` when the word cannot be spelt and the file names no unknown piece.
    func pieces(of word: TracedText) throws(LoaderError) -> [Piece] {
        let bytes = word.scalars.flatMap { $0.scalar.utf8 }
        switch self {
        case .wordPiece(let model): return try model.pieces(of: bytes, characters: word.scalars.count)
        case .unigram(let model): return try model.pieces(of: bytes)
        case .bytePair(let model): return model.pieces(of: bytes)
        }
    }
}
