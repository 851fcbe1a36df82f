internal import Foundation
internal import WhenceTensor

/// A model as a folder: configuration, weights and tokenizer files, of which only headers have been read.
public struct ModelFolder: Sendable, Hashable {
    /// Where the folder lies, as it was given.
    public let path: String
    /// Sizes and choices of the transformer.
    public let configuration: ModelConfiguration
    /// The weights files and what they declare.
    public let weights: WeightFiles
    /// The tokenizer's files; there may be none, as for a model of items.
    public let tokenizerFiles: TokenizerFiles

    /// Whether the labels have names: from the folder or from whoever opened it. `false` where they are numbered.
    public let hasNamedLabels: Bool

    /// Reads a folder as Hugging Face's transformers or as KerasHub and KerasNLP save it, or a recommender in Whence's
    /// own layout.
    ///
    /// - Parameters:
    ///   - path: the folder with `config.json` and `tf_model.h5` or `model.safetensors`, or the shards of either's
    ///     index; or a Keras preset with `config.json`, `model.weights.h5`, and for a task `task.json` and
    ///     `task.weights.h5`; or a recommender with `config.json` and `model.weights.h5`.
    ///   - labels: names for a classifier's classes, in index order, instead of the folder's; a Keras preset has
    ///     none.
    /// - Throws: `missing` for a folder, configuration or weights that are not there; `unreadable`; `invalid`,
    ///   `unsupported` or `library` for content that is damaged or unknown; `labels` for names that are not as many as
    ///   the classes.
    public init(at path: String, labels: [String]? = nil) throws(LoaderError) {
        try Self.checkFolder(path)
        let json = try JSONObject(readingFrom: "\(path)/config.json")
        var configuration: ModelConfiguration
        if ModelConfiguration.isKerasPreset(json) {
            let task = "\(path)/task.json"
            configuration = try ModelConfiguration(
                keras: json,
                task: FileManager.default.fileExists(atPath: task)
                    ? try JSONObject(readingFrom: task) : nil)
            weights = try WeightFiles(inPreset: path, configuration)
        } else if case .string(let type) = json["model_type"],
            ModelFamily(rawValue: type)?.isRecommender == true
        {
            configuration = try ModelConfiguration(json, weightKeys: [])
            weights = try WeightFiles(inRecommender: path, configuration)
        } else {
            (configuration, weights) = try Self.huggingFace(json, in: path)
        }
        hasNamedLabels =
            labels != nil || configuration.labels.isEmpty
            || configuration.labels != configuration.numberedLabels
        if let labels { try configuration.rename(labels, of: path) }
        self.path = path
        self.configuration = configuration
        tokenizerFiles = TokenizerFiles(in: path)
    }

    private static func checkFolder(_ path: String) throws(LoaderError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path, what: "the model folder", hint: "Check the path given as the model.")
        }
        guard isFolder.boolValue else {
            throw .invalid(
                path: path, place: "path", expected: "a model folder", found: "a file",
                hint: "Name the folder that holds config.json and the weights.")
        }
        guard FileManager.default.fileExists(atPath: "\(path)/config.json") else {
            throw .missing(
                path: path, what: "config.json",
                hint: "It says which transformer the weights are of; it is saved beside them.")
        }
    }

    private static func huggingFace(
        _ json: JSONObject, in path: String
    ) throws(LoaderError) -> (ModelConfiguration, WeightFiles) {
        // A family that is not known is the better answer where the weights are not there either.
        let first: Result<ModelConfiguration, LoaderError> = Result { () throws(LoaderError) in
            try ModelConfiguration(json, weightKeys: [])
        }
        if case .failure(.unsupported) = first { _ = try first.get() }
        // Without a family in the configuration, that of the names.
        let weights = try WeightFiles(
            in: path, family: (try? first.get())?.family,
            outputTable: try ModelConfiguration.outputTable(json))
        var configuration = try ModelConfiguration(json, weightKeys: weights.tensors.keys)
        try configuration.adapt(to: weights.format, json)
        return (configuration, weights)
    }

    /// The folder's own name.
    public var name: String { InputFile.name(of: path) }

    /// Elements of all weights, copies of shared ones counted once.
    public var parameterCount: Int { weights.parameterCount }

    /// Bytes that the weights the model reads take in memory, as float32.
    public var memoryByteCount: Int { configuration.weightByteCount(in: .float32) }

    /// Opens the weights for reading.
    ///
    /// - Throws: what opening a weights file throws.
    public func checkpoint() throws(LoaderError) -> Checkpoint {
        try Checkpoint(weights)
    }

    /// SHA-256 of the weights in lower-case hexadecimal: of the one file, or of the files' contents one after
    /// another in the order of their names.
    ///
    /// - Throws: `missing`, `unreadable` or `library`.
    /// - Complexity: O(bytes): every byte of the files is read.
    public func sha256() throws(LoaderError) -> String {
        try FileDigest.sha256(of: weights.paths)
    }
}
