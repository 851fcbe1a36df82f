import ArgumentParser
import Whence

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts between file formats.",
        subcommands: [ConvertGraphCommand.self]
    )
}

struct ConvertGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Reads a causal graph in one format and writes it in another.",
        discussion: """
            Examples:
              whence convert graph graph.json --to tetrad
              whence convert graph pag.csv --from pcalg --to dot | dot -Tsvg -o pag.svg
              whence convert graph - --to svg -o graph.svg < graph.txt

            Formats: \(GraphFormat.names(GraphFormat.allCases)). The format of the input is recognised where its \
            text tells; matrices that would be another graph in another convention need --from. A file is refused \
            with the line that is wrong rather than read in part.
            """
    )

    @Argument(help: ArgumentHelp("The graph; - reads the standard input.", valueName: "file"))
    var input: String

    @Option(name: .long, help: ArgumentHelp("Format to write.", valueName: "format"))
    var to: GraphFormat

    @Option(name: .long, help: ArgumentHelp("Format of the input.", valueName: "format"))
    var from: GraphFormat?

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try GraphFile.validate(from)
    }

    func run() throws {
        try output.check()
        let graph = try GraphFile.read(input, as: from)
        try output.write(graph.text(as: to))
    }
}
