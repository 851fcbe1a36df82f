internal import Foundation

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

    /// Reads a folder as Hugging Face's TensorFlow classes save it.
    ///
    /// - Parameter path: the folder with `config.json` and `tf_model.h5`, or the shards of
    ///   `tf_model.h5.index.json`.
    /// - Throws: `missing` for a folder, configuration or weights that are not there; `unreadable`; `invalid`,
    ///   `unsupported` or `library` for content that is damaged or unknown.
    public init(at path: String) throws(LoaderError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path, what: "the model folder", hint: "Check the path given as the model.")
        }
        guard isFolder.boolValue else {
            throw .invalid(
                path: path, place: "path", expected: "a model folder", found: "a file",
                hint: "Name the folder that holds config.json and tf_model.h5.")
        }
        let configurationPath = "\(path)/config.json"
        guard FileManager.default.fileExists(atPath: configurationPath) else {
            throw .missing(
                path: path, what: "config.json",
                hint: "It says which transformer the weights are of; it is saved beside them.")
        }
        // A family that is not known is the better answer where the weights are not there either.
        let configurationError: LoaderError?
        do {
            _ = try ModelConfiguration(readingFrom: configurationPath, weightKeys: [])
            configurationError = nil
        } catch {
            configurationError = error
        }
        if case .unsupported = configurationError, let configurationError { throw configurationError }

        self.path = path
        weights = try WeightFiles(in: path)
        configuration = try ModelConfiguration(
            readingFrom: configurationPath, weightKeys: weights.tensors.keys)
        tokenizerFiles = TokenizerFiles(in: path)
    }

    /// The folder's own name.
    public var name: String { InputFile.name(of: path) }

    /// Elements of all weights, copies of shared ones counted once.
    public var parameterCount: Int { weights.parameterCount }

    /// Bytes that the weights the model reads take in memory, as float32.
    public var memoryByteCount: Int {
        configuration.expectedTensors.reduce(0) { total, tensor in
            Listed.sum(total, tensor.shape.reduce(MemoryLayout<Float>.size, *))
        }
    }

    /// Opens the weights for reading.
    ///
    /// - Throws: what opening a weights file throws.
    public func checkpoint() throws(LoaderError) -> Checkpoint {
        try Checkpoint(weights)
    }

    /// SHA-256 of the weights in lower-case hexadecimal: of `tf_model.h5`, or of the shards' contents one after
    /// another in the order of their names.
    ///
    /// - Throws: `missing`, `unreadable` or `library`.
    /// - Complexity: O(bytes): every byte of the files is read.
    public func sha256() throws(LoaderError) -> String {
        try FileDigest.sha256(of: weights.paths)
    }
}
