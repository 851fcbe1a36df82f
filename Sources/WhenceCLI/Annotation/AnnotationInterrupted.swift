import Foundation
import Whence

/// A run that Ctrl-C ended.
struct AnnotationInterrupted: Error, CustomStringConvertible {
    /// Rows that are done.
    var rows: Int
    var canResume: Bool

    var description: String {
        let done = "Interrupted after \(rows.grouped) \(rows == 1 ? "row" : "rows")"
        guard canResume else { return "\(done), which were written." }
        return "\(done), which are kept. To go on:\n  \(Self.command)"
    }

    /// The command that was given, as one that goes on with it.
    private static var command: String {
        let given = CommandLine.arguments.dropFirst().filter { $0 != "--force" && $0 != "--resume" }
        return (["whence"] + given + ["--resume"]).map(\.shellQuoted).joined(separator: " ")
    }
}

/// A row that a strict run stopped at.
struct BadRow: Error, CustomStringConvertible {
    var place: InputRow.Place
    var problem: RowProblem
    /// Whether the rows before it can be gone on from.
    var keeps: Bool

    var description: String {
        "\(place): \(problem.reason)\nThe rows before it are written"
            + (keeps ? "; without --fail-fast, --resume goes on behind them." : ".")
    }
}
