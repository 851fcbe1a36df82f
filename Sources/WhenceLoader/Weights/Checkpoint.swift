internal import Synchronization
public import WhenceTensor

/// A place among a model's weights, from which they are asked for by name and demanded by shape.
///
/// `checkpoint["bert"]["encoder"]["layer_._3"].matrix("attention/self/query/kernel", hidden, hidden)`
///
/// The weights files stay open while a checkpoint lives; a model keeps tensors, never a checkpoint.
public struct Checkpoint: Sendable {
    /// How the dense layers of a model that is read from here are kept; not a property of the files.
    public var precision = Precision.float32

    private let storage: Storage
    private let prefix: String

    /// Opens the files.
    ///
    /// - Throws: what opening a weights file throws.
    public init(_ weights: WeightFiles) throws(LoaderError) {
        storage = try Storage(weights)
        prefix = ""
    }

    /// Weights that are in memory already, by key: those of a model that a program made.
    public init(_ tensors: [String: Tensor]) {
        storage = Storage(tensors)
        prefix = ""
    }

    private init(storage: Storage, prefix: String, precision: Precision) {
        self.storage = storage
        self.prefix = prefix
        self.precision = precision
    }

    /// The place one or more steps below this one.
    public subscript(_ name: String) -> Checkpoint {
        Checkpoint(storage: storage, prefix: prefix + name + "/", precision: precision)
    }

    /// Whether there is a weight of that name.
    public func contains(_ name: String) -> Bool {
        storage.find(prefix + name) != nil
    }

    /// A weight of two axes.
    ///
    /// - Throws: as `tensor(_:shape:)`.
    public func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(LoaderError) -> Tensor {
        try tensor(name, shape: [rows, columns])
    }

    /// A weight of one axis.
    ///
    /// - Throws: as `tensor(_:shape:)`.
    public func vector(_ name: String, _ count: Int) throws(LoaderError) -> Tensor {
        try tensor(name, shape: [count])
    }

    /// A weight of any shape, as float32.
    ///
    /// - Parameters:
    ///   - name: below this place, such as `dense/kernel`.
    ///   - shape: the extents that the configuration calls for.
    /// - Throws: `invalid` with the file, the full name and the nearest names if it is missing, both shapes if
    ///   they differ, or the first element that is NaN or infinite; what reading throws.
    public func tensor(_ name: String, shape: [Int]) throws(LoaderError) -> Tensor {
        let elements = try elements(name, shape: shape)
        return try elements.tensor(shape: shape)
    }

    /// The rows of a weight of two axes, which are read as they are asked for.
    ///
    /// - Throws: as `tensor(_:shape:)`, but for what only reading shows: then `WeightRows.read` throws it.
    public func rows(_ name: String, _ rows: Int, _ columns: Int) throws(LoaderError) -> WeightRows {
        WeightRows(
            rowCount: rows, columnCount: columns, elements: try elements(name, shape: [rows, columns]))
    }

    private func elements(_ name: String, shape: [Int]) throws(LoaderError) -> FiniteElements {
        let key = prefix + name
        guard let (found, weight) = storage.find(key) else { throw storage.missing(key, shape: shape) }
        // A tensor that cannot be read says why when it is asked for.
        guard weight.shape == shape || weight.stored.problem != nil else {
            throw .invalid(
                path: weight.stored.file, place: weight.place(key), expected: "shape \(shape)",
                found: "shape \(weight.shape)", hint: "config.json does not belong to these weights.")
        }
        return FiniteElements(
            source: try storage.source(of: weight, key: found), path: weight.stored.file,
            place: weight.place(key))
    }

    /// The keys of weights that nobody has asked for yet, in alphabetical order.
    public var unread: [String] {
        storage.unread()
    }

    /// The files, in the order of their names.
    public var paths: [String] {
        storage.paths
    }
}

/// What all places of one checkpoint share.
private final class Storage: Sendable {
    private let files: [String: any WeightsFile]
    private let memory: [String: Tensor]
    private let weights: [String: Weight]
    let paths: [String]
    private let asked = Mutex<Set<String>>([])

    init(_ weights: WeightFiles) throws(LoaderError) {
        var files: [String: any WeightsFile] = [:]
        for path in weights.paths { files[path] = try openWeightsFile(path) }
        self.files = files
        memory = [:]
        self.weights = weights.tensors
        paths = weights.paths
    }

    init(_ memory: [String: Tensor]) {
        self.memory = memory
        files = [:]
        paths = ["memory"]
        weights = Dictionary(
            uniqueKeysWithValues: memory.map { key, tensor in
                let stored = StoredTensor(
                    file: "memory", name: key, shape: tensor.shape, elementType: .float32,
                    byteCount: tensor.count * MemoryLayout<Float>.stride)
                return (key, Weight(stored))
            })
    }

    /// The weight of that name or of its alias, and the name it has.
    func find(_ key: String) -> (key: String, weight: Weight)? {
        if let weight = weights[key] { return (key, weight) }
        guard let alias = WeightNames.alias(of: key), let weight = weights[alias] else { return nil }
        return (alias, weight)
    }

    /// Where a weight comes from: from its file bit by bit, or from memory where it has to be rearranged first.
    func source(of weight: Weight, key: String) throws(LoaderError) -> FiniteElements.Source {
        asked.withLock { _ = $0.insert(key) }
        if let tensor = memory[key] { return .memory(tensor) }
        guard let file = files[weight.stored.file] else {
            preconditionFailure("\(weight.stored.file) is not among the checkpoint's files")
        }
        if !weight.isReversed, let elements = try file.elements(of: weight.stored) { return .file(elements) }
        return try .memory(file.read(weight.stored).arranged(as: weight))
    }

    func missing(_ key: String, shape: [Int]) -> LoaderError {
        let nearest = NearestNames.of(key, among: weights.keys.sorted())
        let link = weights.values.filter { $0.stored.elementType == .link }.min {
            $0.stored.name < $1.stored.name
        }
        let links = link?.stored.problem.map { " The file has \($0)." } ?? ""
        return .invalid(
            path: paths.joined(separator: ", "), place: key, expected: "weights of shape \(shape)",
            found: "none of that name",
            hint: (nearest.isEmpty
                ? "No name in the file is like it."
                : "The nearest names are \(nearest.joined(separator: ", ")).") + links)
    }

    func unread() -> [String] {
        let asked = asked.withLock { $0 }
        return weights.keys.filter { !asked.contains($0) }.sorted()
    }
}
