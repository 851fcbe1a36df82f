internal import Foundation

extension WeightFiles {
    /// Finds and lists the weights of a folder of Hugging Face: `tf_model.h5` or `model.safetensors`, or the shards
    /// that the one's or the other's index names.
    ///
    /// - Parameters:
    ///   - family: whose weights they are, where that is known.
    ///   - outputTable: as for `init(paths:family:outputTable:)`.
    /// - Throws: `missing` if there are none, saying which other weights are there and what to do with them.
    public init(
        in folder: String, family: ModelFamily? = nil, outputTable: RecommenderOptions.OutputTable = .tied
    ) throws(LoaderError) {
        for name in ["tf_model.h5", "model.safetensors"] {
            let single = "\(folder)/\(name)"
            let index = "\(single).index.json"
            if FileManager.default.fileExists(atPath: single) {
                try self.init(paths: [single], family: family, outputTable: outputTable)
                return
            }
            if FileManager.default.fileExists(atPath: index) {
                try self.init(
                    paths: Self.shards(index, in: folder), family: family, outputTable: outputTable)
                return
            }
        }
        throw Self.noWeights(in: folder)
    }

    /// Finds and lists the weights of a Keras preset: `model.weights.h5`, or the shards that `model.weights.json`
    /// names; and `task.weights.h5` where there is a head.
    ///
    /// - Throws: `missing` for a file that has to be there.
    init(inPreset folder: String, _ configuration: ModelConfiguration) throws(LoaderError) {
        let task = "\(folder)/task.weights.h5"
        var paths = try Self.kerasPaths(in: folder)
        if configuration.head != .encoder {
            if FileManager.default.fileExists(atPath: task) {
                paths.append(task)
            } else if !paths.isEmpty {
                throw .missing(
                    path: task, what: "the file with the task's head",
                    hint: "Save the task, not its backbone: `task.save_to_preset(folder)`.")
            }
        }
        guard !paths.isEmpty else {
            throw .missing(
                path: "\(folder)/model.weights.h5", what: "the preset's weights file",
                hint: "Copy all of the preset's files: config.json, model.weights.h5, task.json, "
                    + "task.weights.h5, tokenizer.json and the folder assets.")
        }
        try self.init(paths: paths, preset: configuration)
    }

    /// Finds and lists the weights of a recommender in Whence's own layout: `model.weights.h5`, or the shards that
    /// `model.weights.json` names.
    ///
    /// - Throws: `missing` for a file that has to be there.
    init(inRecommender folder: String, _ configuration: ModelConfiguration) throws(LoaderError) {
        let paths = try Self.kerasPaths(in: folder)
        guard !paths.isEmpty else {
            throw .missing(
                path: "\(folder)/model.weights.h5", what: "the recommender's weights file",
                hint: "Keras writes it (`model.save_weights`), and so do the exporters in Training/export.")
        }
        try self.init(paths: paths, recommender: configuration)
    }

    /// `model.weights.h5`, or the shards that `model.weights.json` names; none if neither is there.
    private static func kerasPaths(in folder: String) throws(LoaderError) -> [String] {
        let (single, index) = ("\(folder)/model.weights.h5", "\(folder)/model.weights.json")
        if FileManager.default.fileExists(atPath: single) { return [single] }
        return FileManager.default.fileExists(atPath: index) ? try shards(index, in: folder) : []
    }

    /// The files that an index spreads the weights over: one a name, or in Keras's also a list of several.
    private static func shards(_ index: String, in folder: String) throws(LoaderError) -> [String] {
        let object = try JSONObject(readingFrom: index, limit: 64 << 20)
        let map = try object.object("weight_map")
        var names: Set<String> = []
        for key in map.keys {
            let files: [String] =
                if case .array = map[key] { try map.strings(key) ?? [] } else { [try map.string(key)] }
            for name in files {
                guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0), name != ".." else {
                    throw map.invalid(
                        key, expected: "the name of a file in the same folder", found: quoted(name))
                }
                names.insert(name)
            }
        }
        guard !names.isEmpty else {
            throw object.invalid("weight_map", expected: "a file for each weight", found: "an empty map")
        }
        for name in names.sorted() where !FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            throw .missing(
                path: "\(folder)/\(name)", what: "a part of the weights",
                hint: "\(InputFile.name(of: index)) lists \(counted(names.count, "part")); "
                    + (names.count == 1 ? "it is needed." : "all of them are needed."))
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }

    private static func noWeights(in folder: String) -> LoaderError {
        let others = [
            ("pytorch_model.bin", "PyTorch's pytorch_model.bin"),
            ("pytorch_model.bin.index.json", "split PyTorch weights"),
            ("flax_model.msgpack", "Flax's flax_model.msgpack"),
        ]
        let found = others.first { FileManager.default.fileExists(atPath: "\(folder)/\($0.0)") }
        return .missing(
            path: folder, what: "tf_model.h5 or model.safetensors (or the index of either)",
            hint: found.map { "The folder holds \($0.1), which is not read; \(LoaderError.conversion)" }
                ?? "They are what transformers writes; \(LoaderError.conversion)")
    }
}
