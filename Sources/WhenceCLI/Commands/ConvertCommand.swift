import ArgumentParser
import Whence

struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts between file formats.",
        subcommands: [ConvertGraphCommand.self, ConvertDatasetCommand.self]
    )
}

struct ConvertGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Reads a causal graph in one format and writes it in another, or checks it.",
        discussion: """
            Examples:
              whence convert graph graph.json --to tetrad
              whence convert graph pag.csv --from pcalg --to dot | dot -Tsvg -o pag.svg
              whence convert graph graph.txt --check

            Formats: \(GraphFormat.names(GraphFormat.allCases)). The format of the input is recognised where its \
            text tells; matrices that would be another graph in another convention need --from. A file is refused \
            with the line that is wrong rather than read in part.

            --check says whether the graph is a legal partial ancestral graph, or with --kind a legal mag or cpdag, \
            and why not, a sentence a line. Exit code 0: it is; 1: it is not.
            """
    )

    @Argument(help: ArgumentHelp("The graph; - reads the standard input.", valueName: "file"))
    var input: String

    @Option(name: .long, help: ArgumentHelp("Format to write.", valueName: "format"))
    var to: GraphFormat?

    @Option(name: .long, help: ArgumentHelp("Format of the input.", valueName: "format"))
    var from: ReadableGraphFormat?

    @Flag(name: .long, help: "Say whether it is a legal partial ancestral graph, and why not.")
    var check = false

    @Option(name: .long, help: "What --check takes the graph for: pag, mag or cpdag.")
    var kind = GraphKind.partialAncestralGraph

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if check == (to != nil) {
            throw ValidationError("Give either --to FORMAT or --check.")
        }
        try GraphFile.validate(from?.format)
    }

    func run() throws {
        try output.check()
        let graph = try GraphFile.read(input, as: from?.format)
        guard let to else {
            let reasons = graph.violations(as: kind)
            let lines = reasons.isEmpty ? ["The graph is \(kind.name)."] : reasons
            try output.write(lines.map { $0 + "\n" }.joined())
            if !reasons.isEmpty { throw ExitCode(1) }
            return
        }
        try output.write(graph.text(as: to))
    }
}
