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
    /// The classes in index order; empty without a classifier.
    public var labels: [String]
    /// The position that a prediction is read from, in words.
    public var target: String
    /// Every stored tensor, copies included, in the order of the files.
    public var tensors: [StoredTensor]
    /// Weights that the configuration calls for and the files lack.
    public var missing: [MissingTensor]
    /// Weights whose shape or type is not what the configuration calls for.
    public var mismatched: [MismatchedTensor]
    /// Keys of weights that the model does not read, in alphabetical order.
    public var unused: [String]
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

/// A weight that is there, but not as the configuration calls for it.
public struct MismatchedTensor: Sendable, Hashable, Codable {
    /// Its key.
    public var name: String
    /// The shape called for.
    public var expected: [Int]
    /// The shape in the file.
    public var found: [Int]
    /// What the file's elements are; a weight has to be a floating-point number.
    public var elementType: ElementType
}

extension Inspection {
    /// Looks at a model folder, or at a weights file alone.
    ///
    /// - Throws: what `ModelFolder.init(at:)` and `WeightFiles.init(paths:)` throw.
    /// - Complexity: O(tensors), whatever their sizes.
    public init(of path: String) throws(LoaderError) {
        if InputFile.isFile(path) {
            self.init(file: path, weights: try WeightFiles(paths: [path]))
        } else {
            self.init(of: try ModelFolder(at: path))
        }
    }

    /// Looks at a model folder that has been opened.
    public init(of folder: ModelFolder) {
        let configuration = folder.configuration
        let comparison = Comparison(configuration.expectedTensors, with: folder.weights.tensors)
        self.init(
            path: folder.path, name: folder.name, family: configuration.family, configuration: configuration,
            parameterCount: folder.parameterCount, memoryByteCount: folder.memoryByteCount,
            weightFiles: folder.weights.paths, fileByteCount: folder.weights.byteCount,
            tokenizerFiles: folder.tokenizerFiles.names, labels: configuration.labels,
            target: configuration.targetDescription, tensors: folder.weights.stored,
            missing: comparison.missing, mismatched: comparison.mismatched, unused: comparison.unused)
    }

    private init(file: String, weights: WeightFiles) {
        self.init(
            path: file, name: InputFile.name(of: file),
            family: ModelFamily(weightKeys: weights.tensors.keys), configuration: nil,
            parameterCount: weights.parameterCount,
            memoryByteCount: weights.tensors.values.reduce(0) {
                Listed.sum($0, $1.stored.count * MemoryLayout<Float>.size)
            },
            weightFiles: [file], fileByteCount: weights.byteCount, tokenizerFiles: [], labels: [],
            target: "not known without config.json", tensors: weights.stored, missing: [], mismatched: [],
            unused: [])
    }
}

/// What a configuration calls for, beside what the files hold.
private struct Comparison {
    var missing: [MissingTensor] = []
    var mismatched: [MismatchedTensor] = []
    var unused: [String]

    /// Nearest names are looked up for this many missing tensors; beyond, it is another model altogether.
    private static let namedLimit = 10

    init(_ expected: [ExpectedTensor], with tensors: [String: Weight]) {
        let names = tensors.keys.sorted()
        var used: Set<String> = []
        for weight in expected {
            let key = tensors[weight.name] == nil ? WeightNames.alias(of: weight.name) : weight.name
            guard let key, let found = tensors[key] else {
                let nearest =
                    missing.count < Self.namedLimit ? NearestNames.of(weight.name, among: names) : []
                missing.append(MissingTensor(name: weight.name, shape: weight.shape, nearest: nearest))
                continue
            }
            used.insert(key)
            if found.shape != weight.shape || !found.stored.elementType.isFloatingPoint {
                mismatched.append(
                    MismatchedTensor(
                        name: weight.name, expected: weight.shape, found: found.shape,
                        elementType: found.stored.elementType))
            }
        }
        unused = names.filter { !used.contains($0) }
    }
}
