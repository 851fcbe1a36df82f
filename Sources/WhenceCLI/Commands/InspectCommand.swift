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
              whence inspect my-preset --labels NEG,POS
              whence inspect model/model.safetensors --json

            A folder is as transformers saves it (tf_model.h5 or model.safetensors, in one file or in parts), \
            or a preset of KerasHub or KerasNLP, or a recommender with its items.json. Reads headers, the \
            configuration and the files of the tokenizer or of the items, no weights, so it takes no time on \
            a large file.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(
        help: ArgumentHelp("A model folder, or a weights file: HDF5 or safetensors.", valueName: "path"))
    var path: String

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @Flag(name: .long, help: "The same as --format json.")
    var json = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Names of the classes in the order of their numbers, for a folder that holds none.",
            valueName: "NEG,POS"))
    var labels: String?

    @Option(
        name: .long,
        help: "Which tokenizer of a folder that has two: slow (Python's), or fast (tokenizer.json).")
    var tokenizer = TokenizerChoice.slow

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.check()
        let names = labels.map(LabelNames.parse)
        let inspection = try Inspection(of: path, labels: names, tokenizer: tokenizer)
        switch json ? .json : format {
        case .json: try output.write(jsonText(of: Document(inspection: inspection)))
        case .text: try output.write(InspectionText(inspection).text)
        }
    }

    /// The JSON document `whence.inspection/1`.
    private struct Document: Encodable {
        var schema = "whence.inspection/1"
        var inspection: Inspection
    }
}
