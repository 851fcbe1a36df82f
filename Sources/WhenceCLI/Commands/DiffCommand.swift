import ArgumentParser
import Whence

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compares two files.",
        subcommands: [DiffGraphCommand.self]
    )
}

struct DiffGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Structural differences between two causal graphs, node by name.",
        discussion: """
            Examples:
              whence diff graph truth.json found.json
              whence diff graph found.txt pag.csv --from-second pcalg --format json

            Formats need not be the same. A line starts with < for what only the first graph has, > for what only \
            the second has, and ! for an edge of both with different marks. Then come the structural Hamming \
            distance, and how the second graph does if the first is the truth. Exit code 0: the graphs are the same; 1: they differ.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("A graph; - reads the standard input.", valueName: "first"))
    var first: String

    @Argument(help: ArgumentHelp("The graph to compare with it.", valueName: "second"))
    var second: String

    @Option(name: .long, help: ArgumentHelp("Format of the first graph.", valueName: "format"))
    var fromFirst: ReadableGraphFormat?

    @Option(name: .long, help: ArgumentHelp("Format of the second graph.", valueName: "format"))
    var fromSecond: ReadableGraphFormat?

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if first == "-", second == "-" {
            throw ValidationError("Only one of the graphs can come from the standard input.")
        }
        try GraphFile.validate(fromFirst?.format)
        try GraphFile.validate(fromSecond?.format)
    }

    func run() throws {
        try output.check()
        let difference = try GraphDifference(
            try GraphFile.read(first, as: fromFirst?.format),
            try GraphFile.read(second, as: fromSecond?.format))
        switch format {
        case .text: try output.write(difference.text())
        case .json: try output.write(difference.json())
        }
        if !difference.isEmpty { throw ExitCode(1) }
    }
}
