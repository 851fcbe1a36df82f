internal import Foundation

/// What wrote a model's weights, and so what they are called.
public enum WeightFormat: String, Sendable, Hashable, Codable {
    /// A TensorFlow class of Hugging Face's transformers: `tf_model.h5`.
    case tensorFlow
    /// A PyTorch class of Hugging Face's transformers: `model.safetensors`.
    case pyTorch
    /// KerasHub or KerasNLP: `model.weights.h5`.
    case keras
}

/// The weights of a folder: which files hold them, and what each file declares. Nothing is read but headers.
public struct WeightFiles: Sendable, Hashable {
    /// What wrote them.
    public let format: WeightFormat
    /// The files in the order of their names; more than one if the checkpoint is split.
    public let paths: [String]
    /// Every stored tensor, copies of shared variables included, in the order of the files.
    public let stored: [StoredTensor]
    /// The weights by the key they are asked for by, such as `bert/pooler/dense/kernel`; one of each variable.
    public let tensors: [String: Weight]

    /// Elements of all variables, each counted once however many copies the files hold.
    public var parameterCount: Int {
        tensors.values.reduce(0) { Listed.sum($0, $1.stored.count) }
    }

    /// Bytes of the files.
    public let byteCount: Int

    /// Lists the tensors of some files of one kind.
    ///
    /// - Parameters:
    ///   - paths: safetensors files, by their names, or HDF5 files.
    ///   - family: whose weights they are; told from the names where it is not given.
    ///   - outputTable: what a language model predicts tokens with. A decoder that is tied to the word embedding is
    ///     one weight with it, under whichever of its names the files hold.
    /// - Throws: `missing`, `unreadable`, `invalid` or `library` for a file that cannot be listed.
    public init(
        paths: [String], family: ModelFamily? = nil, outputTable: RecommenderOptions.OutputTable = .tied
    ) throws(LoaderError) {
        try self.init(listing: paths) { tensors, format throws(LoaderError) in
            switch format {
            case .tensorFlow: try WeightNames.weights(of: tensors)
            case .pyTorch: PyTorchNames.weights(of: tensors, family: family, outputTable: outputTable)
            // Which layer is which, a configuration has to tell.
            case .keras: KerasNames.weightsByPlace(tensors)
            }
        }
    }

    /// Lists the tensors of a Keras preset.
    init(paths: [String], preset: ModelConfiguration) throws(LoaderError) {
        try self.init(listing: paths) { tensors, _ throws(LoaderError) in
            try KerasNames.weights(of: tensors, preset)
        }
    }

    /// Lists the tensors of a recommender in Whence's own layout.
    init(paths: [String], recommender: ModelConfiguration) throws(LoaderError) {
        try self.init(listing: paths) { tensors, _ throws(LoaderError) in
            try RecommenderNames.weights(of: tensors, recommender)
        }
    }

    private init(
        listing paths: [String], name: ([StoredTensor], WeightFormat) throws(LoaderError) -> [String: Weight]
    ) throws(LoaderError) {
        self.paths = paths.sorted()
        var stored: [StoredTensor] = []
        var byteCount = 0
        for path in self.paths {
            let file = try openWeightsFile(path)
            byteCount = Listed.sum(byteCount, file.byteCount)
            stored.append(contentsOf: file.datasets())
        }
        self.stored = stored
        self.byteCount = byteCount
        format = Self.format(of: self.paths, stored)
        // A preset's task file repeats the backbone; elsewhere one of two copies is of another time.
        if format != .keras, self.paths.count > 1 { try Self.checkCopies(stored) }
        tensors = try name(stored, format)
    }

    /// Whether parts of a checkpoint hold a tensor twice, so that nothing says which copy is the model's.
    private static func checkCopies(_ tensors: [StoredTensor]) throws(LoaderError) {
        var seen: [String: StoredTensor] = [:]
        for tensor in tensors {
            if let first = seen.updateValue(tensor, forKey: tensor.name) {
                throw .twins(first, tensor, key: tensor.name)
            }
        }
    }

    /// TensorFlow's classes write safetensors too, with their own names in them.
    private static func format(of paths: [String], _ tensors: [StoredTensor]) -> WeightFormat {
        if paths.contains(where: SafetensorsFile.isNamedSo) {
            return tensors.contains { $0.name.contains("/") } ? .tensorFlow : .pyTorch
        }
        return tensors.contains { KerasNames.isPlace($0.name) } ? .keras : .tensorFlow
    }
}

/// Sums over what files claim, which may be more than an `Int` holds.
enum Listed {
    static func sum(_ total: Int, _ next: Int) -> Int {
        let (sum, overflow) = total.addingReportingOverflow(next)
        return overflow ? .max : sum
    }
}
