internal import Foundation

/// The tokenizer's files of a preset as KerasHub and KerasNLP save it.
///
/// `tokenizer.json` names the class and its options; the vocabulary lies in `assets/tokenizer`.
struct KerasTokenizerFolder: Sendable {
    private let configuration: FastComponent
    private let className: String
    private let assets: String
    private let packing: KerasPacking

    /// Whether a folder is a preset with a tokenizer.
    static func isThere(in path: String) -> Bool {
        var isFolder: ObjCBool = false
        let there = FileManager.default.fileExists(atPath: path + "/assets/tokenizer", isDirectory: &isFolder)
        return there && isFolder.boolValue
    }

    /// Reads `tokenizer.json`, and `preprocessor.json` where it is there.
    ///
    /// - Throws: `LoaderError` when the first is not there, or either damaged.
    init(at path: String) throws(LoaderError) {
        let file = path + "/tokenizer.json"
        guard let object = try TokenizerJSON.object(at: file) else {
            throw .missing(
                path: path, what: "tokenizer.json, which says how the preset's vocabulary is used,",
                hint: "Copy it from where the model came from, or save the preset again.")
        }
        let json = FastComponent(object, path: file)
        // KerasNLP writes `keras_nlp>AlbertTokenizer` as the registered name, but the same class name.
        className = try json.demand(json.text("class_name"), "class_name", "the tokenizer's class")
        configuration = try json.component("config")
        assets = path + "/assets/tokenizer/"
        packing = try KerasPacking(preset: path)
    }

    private static let known = [
        "AlbertTokenizer", "BertTokenizer", "DebertaV3Tokenizer", "DistilBertTokenizer", "ElectraTokenizer",
        "GPT2Tokenizer", "RobertaTokenizer", "XLMRobertaTokenizer",
    ]

    /// The tokenizer.
    ///
    /// - Parameter vocabularySize: rows of the model's word embedding; `nil` when they are not known.
    /// - Throws: `LoaderError.unsupported` for a class that Whence does not know, `.missing` or `.invalid` for the
    ///   vocabulary.
    func tokenizer(vocabularySize: Int?) throws(LoaderError) -> any Tokenizer {
        let tokenizer: any Tokenizer
        let file: String
        switch className {
        case "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer":
            file = assets + "vocabulary.txt"
            tokenizer = try KerasWordPieceTokenizer(
                vocabulary: try bytes(file), path: file, options: KerasWordPieceOptions(configuration),
                packing: packing)
        case "AlbertTokenizer":
            (tokenizer, file) = try sentencePiece(.albert)
        case "DebertaV3Tokenizer":
            (tokenizer, file) = try sentencePiece(.debertaV3)
        case "XLMRobertaTokenizer":
            (tokenizer, file) = try sentencePiece(.xlmRoberta)
        case "RobertaTokenizer", "GPT2Tokenizer":
            file = assets + "vocabulary.json"
            tokenizer = try KerasBytePairTokenizer(
                files: (file, assets + "merges.txt"),
                family: className == "GPT2Tokenizer" ? .gpt2 : .roberta,
                addsBlank: try configuration.flag("add_prefix_space", standard: false),
                unsplittable: try unsplittable(), packing: packing)
        default: throw configuration.unsupported("the Keras tokenizer \(className)", known: Self.known)
        }
        try demand(tokenizer.vocabularySize, in: file, fitsInto: vocabularySize)
        return tokenizer
    }

    /// The most tokens that are not cut; classes have four.
    private static let mostUnsplittable = 64

    /// The tokens that are not cut in a text; `nil` for the class's own. Each is looked for in what the one before it
    /// left, stand-ins included, which many of them could make ever longer.
    private func unsplittable() throws(LoaderError) -> [String]? {
        let name = "unsplittable_tokens"
        guard let tokens = configuration[name]?.array?.compactMap(\.string) else { return nil }
        guard tokens.count <= Self.mostUnsplittable, Set(tokens).count == tokens.count else {
            throw configuration.invalid(
                name, expected: "at most \(Self.mostUnsplittable) tokens, each once",
                found: "\(tokens.count), \(Set(tokens).count) of them different")
        }
        return tokens
    }

    private func sentencePiece(
        _ family: KerasSentencePieceTokenizer.Family
    ) throws(LoaderError) -> (any Tokenizer, String) {
        for name in ["add_bos", "add_eos"] where try configuration.flag(name, standard: false) {
            throw configuration.unsupported("the option \(name)", known: ["presets without it"])
        }
        let file = assets + "vocabulary.spm"
        let model = try SentencePieceModel(try bytes(file), path: file, sums: .mixed)
        return (try KerasSentencePieceTokenizer(model: model, family: family, packing: packing), file)
    }

    private func bytes(_ file: String) throws(LoaderError) -> [UInt8] {
        guard let bytes = try TokenizerFolder.contents(of: file) else {
            throw .missing(
                path: file, what: "the preset's vocabulary",
                hint: "Copy the folder assets/tokenizer from where the model came from.")
        }
        return bytes
    }
}
