import ArgumentParser
import Whence

/// How an explanation is shown, and where.
struct ReportOptions: ParsableArguments {
    @Option(name: .long, help: "Output: text, json, dot, graphml, tetrad, svg or html (one page).")
    var format = OutputFormat.text

    @Flag(name: .long, help: "List every link in text, not the first twelve of each kind.")
    var full = false

    @OptionGroup var output: OutputOptions

    /// Colour and width of text.
    var style: TextStyle {
        TextStyle(
            colour: output.isTerminal && Terminal.hasColour, width: output.isTerminal ? Terminal.width : 80,
            rowLimit: full ? nil : 12)
    }
}
