import ArgumentParser
import Foundation
import Whence

struct MergeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Puts the parts of an annotated data set together.",
        discussion: """
            Examples:
              whence merge part-*.jsonl -o annotated.jsonl
              whence merge part-1.db part-2.db part-3.db -o annotated.db

            The parts are what whence annotate --shard 1/n … n/n wrote, in any order. Records come out in the order of \
            the input, with the bytes that one run over all rows would have written; a row that is missing or there \
            twice, and parts of different models or settings, are refused.
            """
    )

    @Argument(help: ArgumentHelp("The parts: all of records, or all databases.", valueName: "file"))
    var parts: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file to write; for records - is the standard output.", valueName: "file"))
    var output: String

    @Flag(name: .long, help: "Replace the output if it exists.")
    var force = false

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    func run() throws {
        let line = ProgressLine(isShown: !quiet)
        defer { line.clear() }
        let summary = try ShardMerge(parts: parts, output: output, replaces: force).run {
            line.show("\($0.counted("row")) merged")
        }
        line.clear()
        if !quiet {
            let bad = summary.failures > 0 ? ", \(summary.failures.grouped) of them bad" : ""
            Diagnostics.note("\(summary.rows.counted("row")) of \(parts.count.counted("part")) merged\(bad).")
            if summary.mayLackEnd {
                Diagnostics.note(
                    "There are no more rows than parts: a missing last part would not show. Make sure that all are given."
                )
            }
        }
    }
}
