import ArgumentParser

/// Where a command's result goes.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to a file instead of the standard output.", valueName: "file"))
    var output: String?

    @Flag(name: .long, help: "Replace the output file if it exists.")
    var force = false

    /// Refuses an impossible output before any work is done.
    func check() throws { try Output.check(output, force: force) }

    /// Writes the result.
    func write(_ text: String) throws { try Output.write(text, to: output, force: force) }

    /// Whether the result goes to a terminal.
    var isTerminal: Bool { (output == nil || output == "-") && Terminal.outputIsTerminal }
}
