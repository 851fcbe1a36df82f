import ArgumentParser
import Foundation
import Whence

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Describes a model folder or a weights file.",
        discussion: """
            Examples:
              whence inspect models/sentiment
              whence inspect model/tf_model.h5 --format json

            Reads headers and the configuration, no weights, so it takes no time on a large file.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("A model folder, or an HDF5 weights file.", valueName: "path"))
    var path: String

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.check()
        let inspection = try Inspection(of: path)
        switch format {
        case .json: try output.write(jsonText(of: Document(inspection: inspection)))
        case .text: try output.write(Self.text(inspection))
        }
    }

    /// The JSON document `whence.inspection/1`.
    private struct Document: Encodable {
        var schema = "whence.inspection/1"
        var inspection: Inspection
    }

    private static func text(_ inspection: Inspection) -> String {
        var table = TextTable()
        table.add("path", inspection.path)
        table.add("family", inspection.family?.rawValue ?? "not known")
        if let sizes = inspection.configuration {
            table.add("head", sizes.head.rawValue)
            let shared = sizes.groupCount < sizes.layerCount ? " in \(sizes.groupCount) groups" : ""
            table.add(
                "layers",
                "\(sizes.layerCount)\(shared), hidden \(sizes.hiddenSize), \(sizes.headCount) heads of "
                    + "\(sizes.headSize), feed-forward \(sizes.intermediateSize) (\(sizes.activation.rawValue))"
            )
            table.add(
                "embeddings",
                "\(sizes.vocabularySize) tokens of \(sizes.embeddingSize), \(sizes.positionCount) positions")
        }
        table.add("parameters", inspection.parameterCount.formatted())
        table.add("memory", megabytes(inspection.memoryByteCount) + " as float32")
        table.add(
            inspection.weightFiles.count == 1 ? "weights" : "\(inspection.weightFiles.count) shards",
            inspection.weightFiles.map { URL(filePath: $0).lastPathComponent }.joined(separator: ", ")
                + ", " + megabytes(inspection.fileByteCount))
        let tokenizer = inspection.tokenizerFiles.joined(separator: ", ")
        table.add("tokenizer", tokenizer.isEmpty ? "none" : tokenizer)
        if !inspection.labels.isEmpty { table.add("labels", inspection.labels.joined(separator: ", ")) }
        table.add("target", inspection.target)
        table.add("missing", inspection.missing.isEmpty ? "none" : "\(inspection.missing.count) tensors")
        if !inspection.mismatched.isEmpty {
            table.add("wrong shape", "\(inspection.mismatched.count) tensors")
        }
        table.add("unused", inspection.unused.isEmpty ? "none" : inspection.unused.joined(separator: ", "))

        var lines = table.lines
        for tensor in inspection.missing {
            let near = tensor.nearest.isEmpty ? "" : "; nearest: \(tensor.nearest.joined(separator: ", "))"
            lines.append("missing  \(tensor.name) \(tensor.shape)\(near)")
        }
        for tensor in inspection.mismatched {
            lines.append(
                "wrong    \(tensor.name) is \(tensor.elementType.rawValue) \(tensor.found), "
                    + "has to be \(tensor.expected)")
        }
        lines.append("")
        let width = inspection.tensors.map { "\($0.shape)".count }.max() ?? 0
        lines += inspection.tensors.map { tensor in
            let shape = "\(tensor.shape)"
            return "\(tensor.elementType.rawValue)  \(shape)"
                + String(repeating: " ", count: width - shape.count + 2) + tensor.name
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func megabytes(_ bytes: Int) -> String {
        String(format: "%.1f MB", Double(bytes) / 1e6)
    }
}
