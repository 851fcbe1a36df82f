import Foundation
import Whence

/// A run that Ctrl-C or SIGTERM ended.
struct AnnotationInterrupted: Error, CustomStringConvertible {
    /// Rows that are done.
    var rows: Int
    var canResume: Bool
    /// Whether the input can be read only once.
    var readsStream: Bool
    /// What ended it.
    var signal: Int32
    /// The database that was to be written.
    var database: String?

    var description: String {
        let done = "\(signal == SIGTERM ? "Terminated" : "Interrupted") after \(rows.counted("row"))"
        guard canResume else {
            let written = "\(done), which \(rows.agreeing("was", "were")) written"
            guard let database else { return "\(written)." }
            return
                "\(written) to the standard output; \(database) is not finished. To be able to go on, give a file "
                + "as --output; to start anew, --force."
        }
        return "\(done), which \(rows.agreeing("is", "are")) kept. To go on"
            + (readsStream ? ", with the same stream from its start as the input" : "")
            + ":\n  \(Self.command)"
    }

    /// The command that was given, as one that goes on with it.
    private static var command: String {
        let given = CommandLine.arguments.filter { $0 != "--force" && $0 != "--resume" }
        return (given + ["--resume"]).map(\.shellQuoted).joined(separator: " ")
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
