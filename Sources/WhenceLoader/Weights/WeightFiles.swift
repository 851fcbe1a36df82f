internal import Foundation

/// The weights of a folder: which files hold them, and what each file declares. Nothing is read but headers.
public struct WeightFiles: Sendable, Hashable {
    /// The files in the order of their names; more than one if the checkpoint is split.
    public let paths: [String]
    /// Every stored tensor, copies of shared variables included, in the order of the files.
    public let stored: [StoredTensor]
    /// The tensors by the key they are asked for by, such as `bert/pooler/dense/kernel`; one of each variable.
    public let tensors: [String: StoredTensor]

    /// Elements of all variables, each counted once however many copies the files hold.
    public var parameterCount: Int {
        tensors.values.reduce(0) { Listed.sum($0, $1.count) }
    }

    /// Bytes of the files.
    public let byteCount: Int

    /// Lists the tensors of some files.
    ///
    /// - Throws: `missing`, `unreadable`, `invalid` or `library` for a file that cannot be listed.
    public init(paths: [String]) throws(LoaderError) {
        self.paths = paths.sorted()
        var stored: [StoredTensor] = []
        var byteCount = 0
        for path in self.paths {
            let file = try HDF5File(path)
            byteCount += file.byteCount
            stored.append(contentsOf: try file.datasets())
        }
        self.stored = stored
        self.byteCount = byteCount
        tensors = WeightNames.keys(of: stored)
    }

    /// Finds and lists the weights of a model folder: `tf_model.h5`, or the shards that
    /// `tf_model.h5.index.json` names.
    ///
    /// - Throws: `missing` if there are none, saying which other weights are there and what to do with them.
    public init(in folder: String) throws(LoaderError) {
        let single = "\(folder)/tf_model.h5"
        let index = "\(folder)/tf_model.h5.index.json"
        if FileManager.default.fileExists(atPath: single) {
            try self.init(paths: [single])
        } else if FileManager.default.fileExists(atPath: index) {
            try self.init(paths: Self.shards(index, in: folder))
        } else {
            throw Self.noWeights(in: folder)
        }
    }

    /// The files that an index spreads the weights over.
    private static func shards(_ index: String, in folder: String) throws(LoaderError) -> [String] {
        let object = try JSONObject(readingFrom: index)
        let map = try object.object("weight_map")
        var names: Set<String> = []
        for key in map.keys {
            let name = try map.string(key)
            guard !name.isEmpty, !name.contains("/"), name != ".." else {
                throw map.invalid(key, expected: "the name of a file in the same folder", found: quoted(name))
            }
            names.insert(name)
        }
        guard !names.isEmpty else {
            throw object.invalid("weight_map", expected: "a file for each weight", found: "an empty map")
        }
        for name in names.sorted() where !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            throw .missing(
                path: "\(folder)/\(name)", what: "a part of the weights",
                hint: "tf_model.h5.index.json lists \(names.count) parts; all of them are needed.")
        }
        return names.map { "\(folder)/\($0)" }
    }

    private static func noWeights(in folder: String) -> LoaderError {
        let convert =
            "save the model with transformers' TensorFlow class: "
            + "`TFAutoModelForSequenceClassification.from_pretrained(folder).save_pretrained(folder)`."
        let others = [
            ("model.safetensors", "model.safetensors"),
            ("model.safetensors.index.json", "split safetensors"),
            ("pytorch_model.bin", "PyTorch's pytorch_model.bin"),
            ("pytorch_model.bin.index.json", "split PyTorch weights"),
            ("flax_model.msgpack", "Flax's flax_model.msgpack"),
            ("model.weights.h5", "a Keras preset's model.weights.h5"),
            ("task.weights.h5", "a Keras preset's task.weights.h5"),
        ]
        let found = others.first { FileManager.default.fileExists(atPath: "\(folder)/\($0.0)") }
        return .missing(
            path: folder, what: "tf_model.h5 (or tf_model.h5.index.json)",
            hint: found.map { "The folder holds \($0.1), which is not read; \(convert)" }
                ?? "It is what transformers' TensorFlow classes write; \(convert)")
    }
}

/// Sums over what files claim, which may be more than an `Int` holds.
enum Listed {
    static func sum(_ total: Int, _ next: Int) -> Int {
        let (sum, overflow) = total.addingReportingOverflow(next)
        return overflow ? .max : sum
    }
}
