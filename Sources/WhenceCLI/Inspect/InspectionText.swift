import Foundation
import Whence

/// An inspection as text: what the model is, what is wrong with it, and every tensor.
struct InspectionText {
    private let inspection: Inspection

    init(_ inspection: Inspection) {
        self.inspection = inspection
    }

    /// Lines that each end in a line break; what the files call things cannot steer a terminal.
    var text: String {
        var table = TextTable()
        addModel(to: &table)
        addFiles(to: &table)
        addUse(to: &table)
        addFaults(to: &table)
        let lines = table.lines + faults + [""] + tensors
        return lines.map(\.escapedForDisplay).joined(separator: "\n") + "\n"
    }

    private func addModel(to table: inout TextTable) {
        table.add("path", inspection.path)
        table.add("family", inspection.family?.rawValue ?? "not known")
        guard let sizes = inspection.configuration else { return }
        table.add("head", sizes.head.words)
        let shared = sizes.groupCount < sizes.layerCount ? " in \(sizes.groupCount.counted("group"))" : ""
        let inner = sizes.innerLayerCount > 1 ? " of \(sizes.innerLayerCount)" : ""
        table.add(
            "layers",
            "\(sizes.layerCount)\(shared)\(inner), hidden \(sizes.hiddenSize), "
                + "\(sizes.headCount.counted("head")) of \(sizes.headSize), "
                + "feed-forward \(sizes.intermediateSize) (\(sizes.activation.rawValue))")
        table.add(
            "embeddings",
            "\(sizes.vocabularySize.counted("token")) of \(sizes.embeddingSize), "
                + "inputs of up to \(sizes.maximumTokenCount.counted("token"))")
    }

    private func addFiles(to table: inout TextTable) {
        table.add("parameters", inspection.parameterCount.grouped)
        table.add("memory", Self.bytes(inspection.memoryByteCount) + " as float32")
        let names = inspection.weightFiles.map { URL(filePath: $0).lastPathComponent }
        let parts = names.count > 1 ? "\(names.count) files, " : ""
        table.add(
            "weights",
            "\(parts)\(Self.bytes(inspection.fileByteCount)), \(inspection.format.words): "
                + Self.list(names, limit: 2))
        table.add("types", elementTypes)
    }

    private func addUse(to table: inout TextTable) {
        guard inspection.configuration != nil else {
            return table.add("configuration", "not looked at; name the folder that holds config.json")
        }
        addItems(to: &table)
        if let tokenizer = inspection.tokenizer {
            table.add(
                "tokenizer",
                "\(tokenizer.kind), \(tokenizer.vocabularySize.counted("token")) "
                    + "(\(Self.list(inspection.tokenizerFiles, limit: 6)))")
        } else if let problem = inspection.tokenizerProblem {
            table.add("tokenizer", problem)
        } else if inspection.catalogue == nil, inspection.catalogueProblem == nil {
            table.add("tokenizer", "none: inputs are ids")
        }
        if !inspection.labels.isEmpty {
            table.add(
                "labels",
                Self.list(inspection.labels, limit: 12)
                    + (inspection.hasNamedLabels ? "" : " (numbered; name them with --labels)"))
        }
        table.add("target", inspection.target)
        table.add("replacement", inspection.replacement)
    }

    private func addItems(to table: inout TextTable) {
        if let problem = inspection.catalogueProblem { table.add("items", problem) }
        guard let items = inspection.catalogue else { return }
        let special = [("mask", items.maskToken), ("padding", items.padToken)]
            .compactMap { name, token in token.map { "\(name) \($0)" } }
        table.add(
            "items",
            "\(items.itemCount.grouped), \(items.titledCount.grouped) with titles; "
                + "special tokens: \(special.isEmpty ? "none" : special.joined(separator: ", "))")
        table.add("history", "up to \(items.historyLimit.counted("item"))")
    }

    private func addFaults(to table: inout TextTable) {
        guard inspection.configuration != nil else { return }
        let missing = inspection.missing.count
        table.add("missing", missing == 0 ? "none" : missing.counted("tensor"))
        if !inspection.mismatched.isEmpty {
            table.add("wrong", inspection.mismatched.count.counted("tensor"))
        }
        let unused = inspection.unusedTensors.map(\.label).sorted {
            Self.numericKey($0) < Self.numericKey($1)
        }
        table.add("unused", unused.isEmpty ? "none" : Self.list(unused, limit: 4))
    }

    /// One line a tensor that is missing or wrong.
    private var faults: [String] {
        let missing = inspection.missing.prefix(Self.faultLimit).map { tensor in
            let near = tensor.nearest.isEmpty ? "" : "; nearest: \(tensor.nearest.joined(separator: ", "))"
            return "missing  \(tensor.name) \(tensor.shape)\(near)"
        }
        let wrong = inspection.mismatched.prefix(Self.faultLimit).map { tensor in
            "wrong    \(tensor.name) is \(tensor.elementType.rawValue) \(tensor.found), "
                + (tensor.problem.map { "cannot be read: \($0)" } ?? "has to be \(tensor.expected)")
        }
        return (missing.isEmpty && wrong.isEmpty ? [] : [""])
            + missing + Self.more("missing", inspection.missing.count)
            + wrong + Self.more("wrong", inspection.mismatched.count)
    }

    /// Tensors of a kind that are named; with more, the folder holds another model's weights, and `--json` has all.
    private static let faultLimit = 10

    /// A line for what is not named.
    private static func more(_ kind: String, _ count: Int) -> [String] {
        count > faultLimit ? [padded(kind, 9) + "and \((count - faultLimit).grouped) more"] : []
    }

    /// What sorts layer 2 before layer 10: the name with its numbers filled up with zeros.
    private static func numericKey(_ name: String) -> String {
        var key = ""
        var digits = ""
        for character in name + "/" {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            if !digits.isEmpty { key += String(repeating: "0", count: max(0, 6 - digits.count)) + digits }
            key.append(character)
            digits = ""
        }
        return key
    }

    /// One line a stored tensor: type, shape, name, and what keeps it from being read.
    private var tensors: [String] {
        let ordered = inspection.tensors.map { (Self.numericKey($0.name), $0) }.sorted { $0.0 < $1.0 }
        let rows = ordered.map { _, tensor in
            (
                tensor.elementType.rawValue, "\(tensor.shape)",
                tensor.name + (tensor.problem.map { " (cannot be read: \($0))" } ?? "")
            )
        }
        let widths = rows.reduce((0, 0)) { (max($0.0, $1.0.count), max($0.1, $1.1.count)) }
        return rows.map { type, shape, name in
            Self.padded(type, widths.0) + "  " + Self.padded(shape, widths.1) + "  " + name
        }
    }

    /// How many tensors there are, by what their elements are, the most frequent first.
    private var elementTypes: String {
        let counts = Dictionary(grouping: inspection.tensors, by: \.elementType.rawValue).mapValues(\.count)
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.isEmpty
            ? "no tensors"
            : sorted.map { "\($0.value.counted("tensor")) of \($0.key)" }.joined(separator: ", ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
    }

    private static func list(_ names: [String], limit: Int) -> String {
        let more = names.count - limit
        return names.prefix(limit).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    private static func bytes(_ count: Int) -> String {
        if count < 1_000_000 { return String(format: "%.1f kB", Double(count) / 1e3) }
        return count < 1_000_000_000
            ? String(format: "%.1f MB", Double(count) / 1e6) : String(format: "%.2f GB", Double(count) / 1e9)
    }
}

extension ModelHead {
    fileprivate var words: String {
        switch self {
        case .sequenceClassification: "classifier of the whole input"
        case .maskedLanguageModel: "masked language model"
        case .causalLanguageModel: "causal language model"
        case .encoder: "none"
        }
    }
}

extension WeightFormat {
    fileprivate var words: String {
        switch self {
        case .tensorFlow: "TensorFlow's names"
        case .pyTorch: "PyTorch's names"
        case .keras: "Keras's names"
        }
    }
}
