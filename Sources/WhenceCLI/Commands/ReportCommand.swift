import ArgumentParser
import Whence

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Says what the explanations of an annotated data set have in common.",
        discussion: """
            Examples:
              whence report reviews.jsonl
              whence report reviews.jsonl --label-field label --format html -o reviews.html
              whence report first.jsonl --against second.jsonl

            FILE is what whence annotate writes with explanations, as JSON lines or as an SQLite database. Shown are shortcuts, words or items that are smallest explanations far more often than their \
            correlation with the label explains; those that only hidden common causes (<->) join to the decision, \
            if the file has graphs; pairs that explain together; and, with --against, where another model \
            decides or explains otherwise. The file is read once, in memory that does not grow with its rows.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

    @Argument(help: ArgumentHelp("An annotated data set; - reads the standard input.", valueName: "file"))
    var file: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The same data set annotated with another model, or other settings.", valueName: "file"))
    var against: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The field of the rows with the true label; shortcuts are then told apart from what is truly correlated.",
            valueName: "name"))
    var labelField: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Fewest rows that a word, item or pair is counted in to be tested.", valueName: "n"))
    var minRows = ReportSettings().minimumRows

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Share of false findings put up with, in each list.", valueName: "q"))
    var level = ReportSettings().level

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Most entries of a list.", valueName: "n"))
    var top = ReportSettings().listLimit

    @Option(name: .long, help: "Output: text, json or html (one page, nothing loaded from elsewhere).")
    var format = Format.text

    @Flag(name: .long, help: "List every entry in text, not the first twelve of each list.")
    var full = false

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if file == "-", against == "-" {
            throw ValidationError("Only one of the files can come from the standard input.")
        }
        for (name, value) in [("min-rows", minRows), ("top", top)] where value < 1 {
            throw ValidationError("--\(name) has to be 1 or more.")
        }
        guard level > 0, level < 1 else { throw ValidationError("--level has to be above 0 and below 1.") }
    }

    func run() async throws {
        try output.check()
        var settings = ReportSettings()
        settings.labelField = labelField
        settings.minimumRows = minRows
        settings.level = level
        settings.listLimit = top
        let line = ProgressLine(isShown: !quiet)
        let report = try DatasetReporter(settings: settings).report(on: file, against: against) { rows in
            line.show("\(rows.counted("row")) read")
        }
        line.clear()
        switch format {
        case .text: try output.write(report.text(style: style))
        case .json: try output.write(report.json())
        case .html: try output.write(report.html())
        }
    }

    private var style: TextStyle {
        TextStyle(
            colour: output.isTerminal && Terminal.hasColour, width: output.isTerminal ? Terminal.width : 80,
            rowLimit: full ? nil : 12)
    }
}
