import ArgumentParser
import Whence

/// What is studied: a recommender on a data set; and where the figures go.
struct RecommenderStudyOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(name: .long, help: ArgumentHelp("The data set: a file or a folder.", valueName: "path"))
    var dataset: String

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Data set") var reading: DatasetOptions

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    /// The data set asked for.
    func data() throws -> InteractionDataset { try reading.read(dataset) }

    /// Writes the figures in the format asked for.
    func write(_ document: some Encodable, text: String) throws {
        switch format {
        case .json: try output.write(jsonText(of: document))
        case .text: try output.write(text.escapedByLine)
        }
    }
}
