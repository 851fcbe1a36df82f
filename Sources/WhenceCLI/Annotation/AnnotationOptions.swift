public import ArgumentParser
public import Whence

extension AnnotationDetail: ExpressibleByArgument {}
extension RowFormat: ExpressibleByArgument {}

/// What is written of a data set, where, and how a run goes on.
struct AnnotationOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "File to write: JSON lines, or a SQLite database if it ends in .db, .sqlite or .sqlite3; - is the standard output.",
            valueName: "file"))
    var output: String

    @Option(
        name: .long, help: ArgumentHelp("Write a SQLite database as well.", valueName: "file"))
    var database: String?

    @Option(
        name: .long,
        help: "What is found out and written: prediction, explanation, or graphs, each with those before it.")
    var fields = AnnotationDetail.graphs

    @Flag(name: .long, help: "Go on with a run that was interrupted or killed.")
    var resume = false

    @Flag(name: .long, help: "Replace the output if it exists; start anew what was not finished.")
    var force = false

    @Flag(name: .long, help: "Stop at the first row that cannot be annotated.")
    var failFast = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Annotate one part of the rows, such as 3/16; whence merge puts the parts together.",
            valueName: "k/n"),
        transform: { try Shard(argument: $0) })
    var shard: Shard?

    /// How many seconds of work a kill may cost; tests lower it, so that their short runs have checkpoints.
    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var checkpointInterval = 1.0

    func validate() throws {
        if resume, force {
            throw ValidationError("--resume keeps what is there and --force replaces it: give one of them.")
        }
        if database != nil, OutputPlan.namesDatabase(output) {
            throw ValidationError("--output names a database already; leave --database out.")
        }
        // Far more seconds are no `Duration`.
        guard (0..<1e9).contains(checkpointInterval) else {
            throw ValidationError("--checkpoint-interval has to be 0 or more seconds, below a billion.")
        }
        if database == "-" { throw ValidationError("A database has to be a file.") }
    }

    /// The outputs, and what happens to those that are there.
    var plan: OutputPlan {
        let isDatabase = OutputPlan.namesDatabase(output)
        return OutputPlan(
            records: isDatabase ? nil : output, database: isDatabase ? output : database,
            start: resume ? .resuming : force ? .replacing : .new)
    }
}
