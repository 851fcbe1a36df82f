/// What a model folder or a weights file is, as far as headers and configuration tell; no weight is read.
public struct Inspection: Sendable, Hashable, Codable {
    /// What was looked at.
    public var path: String
    /// The folder's or file's own name.
    public var name: String
    /// The architecture; `nil` for a weights file whose names are no known family's.
    public var family: ModelFamily?
    /// The sizes; `nil` for a weights file alone.
    public var configuration: ModelConfiguration?
    /// What wrote the weights.
    public var format: WeightFormat
    /// Elements of all weights, copies of shared ones counted once.
    public var parameterCount: Int
    /// Bytes that the weights take in memory as float32; for a folder, of those the model reads.
    public var memoryByteCount: Int
    /// The weights files.
    public var weightFiles: [String]
    /// Bytes of the weights files.
    public var fileByteCount: Int
    /// The names of the tokenizer's files; empty if there are none.
    public var tokenizerFiles: [String]
    /// What they make; `nil` if there are none, or if they cannot be read.
    public var tokenizer: TokenizerSummary?
    /// Why the tokenizer's files cannot be read, if they cannot.
    public var tokenizerProblem: String?
    /// The items of a recommender; `nil` for another model, or if they cannot be read.
    public var catalogue: CatalogueSummary?
    /// Why the items cannot be read, if they cannot.
    public var catalogueProblem: String?
    /// The classes in index order; empty without a classifier.
    public var labels: [String]
    /// Whether the labels have names; `false` where they are numbered because the files have none.
    public var hasNamedLabels: Bool
    /// The position that a prediction is read from, in words.
    public var target: String
    /// What takes the place of a token whose influence is tested, in words.
    public var replacement: String
    /// Every stored tensor, copies included, in the order of the files.
    public var tensors: [StoredTensor]
    /// Weights that the configuration calls for and the files lack.
    public var missing: [MissingTensor]
    /// Weights whose shape or type is not what the configuration calls for, or that cannot be read.
    public var mismatched: [MismatchedTensor]
    /// Keys of weights that the model does not read, in alphabetical order.
    public var unused: [String]
    /// The same weights with their names in the files, in the same order.
    public var unusedTensors: [UnusedTensor]
}

/// A weight that the model does not read.
public struct UnusedTensor: Sendable, Hashable, Codable {
    /// Its key.
    public var key: String
    /// Its name in the file.
    public var name: String

    /// The name in the file, and behind it the key where the name does not have it in it.
    public var label: String { name.contains(key) ? name : "\(name) (\(key))" }
}

/// A weight that the configuration calls for and the files lack.
public struct MissingTensor: Sendable, Hashable, Codable {
    /// Its key.
    public var name: String
    /// The shape called for.
    public var shape: [Int]
    /// The keys in the files most like it; looked up for the first few missing ones only.
    public var nearest: [String]
}

/// A weight that is there, but not as the configuration calls for it, or not to be read.
public struct MismatchedTensor: Sendable, Hashable, Codable {
    /// Its key.
    public var name: String
    /// The shape called for.
    public var expected: [Int]
    /// The shape in the file.
    public var found: [Int]
    /// What the file's elements are; a weight has to be a floating-point number.
    public var elementType: ElementType
    /// Why it cannot be read; `nil` if only shape or type are wrong.
    public var problem: String?
}

extension Inspection {
    /// Looks at a model folder, or at a weights file alone.
    ///
    /// - Parameters:
    ///   - path: the folder or the file.
    ///   - labels: names for a classifier's classes, instead of the folder's.
    ///   - choice: which of the folder's tokenizers, where there are two.
    /// - Throws: what `ModelFolder.init(at:labels:)` and `WeightFiles.init(paths:family:)` throw.
    /// - Complexity: O(tensors), whatever their sizes, and the tokenizer's files are read.
    public init(
        of path: String, labels: [String]? = nil, tokenizer choice: TokenizerChoice = .slow
    ) throws(LoaderError) {
        if InputFile.isFile(path) {
            self.init(file: path, weights: try WeightFiles(paths: [path]))
        } else {
            self.init(of: try ModelFolder(at: path, labels: labels), tokenizer: choice)
        }
    }

    /// Looks at a model folder that has been opened.
    public init(of folder: ModelFolder, tokenizer choice: TokenizerChoice = .slow) {
        let configuration = folder.configuration
        let (tokenizer, items) = (TokenizerSummary.read(folder, choice), CatalogueSummary.read(folder))
        let recommends = items.summary != nil || items.problem != nil
        let comparison = WeightComparison(configuration.expectedTensors, with: folder.weights.tensors)
        self.init(
            path: folder.path, name: folder.name, family: configuration.family, configuration: configuration,
            format: folder.weights.format, parameterCount: folder.parameterCount,
            memoryByteCount: folder.memoryByteCount,
            weightFiles: folder.weights.paths, fileByteCount: folder.weights.byteCount,
            tokenizerFiles: folder.tokenizerFiles.names, tokenizer: tokenizer.summary,
            tokenizerProblem: tokenizer.problem, catalogue: items.summary, catalogueProblem: items.problem,
            labels: configuration.labels, hasNamedLabels: folder.hasNamedLabels,
            target: recommends ? configuration.recommendationTarget : configuration.targetDescription,
            replacement: items.summary?.replacement
                ?? tokenizer.summary?.replacement(isCausal: configuration.isCausal)
                ?? "not known without \(recommends ? "its items" : "a tokenizer")",
            tensors: folder.weights.stored,
            missing: comparison.missing, mismatched: comparison.mismatched,
            unused: comparison.unused.map(\.key), unusedTensors: comparison.unused)
    }

    private init(file: String, weights: WeightFiles) {
        self.init(
            path: file, name: InputFile.name(of: file),
            family: ModelFamily(weightKeys: weights.tensors.keys)
                ?? KerasNames.family(weights.stored), configuration: nil, format: weights.format,
            parameterCount: weights.parameterCount,
            memoryByteCount: weights.tensors.values.reduce(0) {
                Listed.sum($0, $1.stored.count * MemoryLayout<Float>.size)
            },
            weightFiles: [file], fileByteCount: weights.byteCount, tokenizerFiles: [], tokenizer: nil,
            tokenizerProblem: nil, labels: [], hasNamedLabels: true, target: "not known without config.json",
            replacement: "not known without a tokenizer", tensors: weights.stored, missing: [],
            mismatched: [],
            unused: [], unusedTensors: [])
    }
}
