import ArgumentParser
import Foundation
import Whence

@main
struct WhenceCommand: AsyncParsableCommand {
    /// The version of the program, also in what it writes.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "whence",
        abstract: "Tells whence a transformer's prediction came.",
        discussion: """
            Examples:
              whence explain sentiment "A charming and often affecting journey."
              whence explain sentiment --input review.txt --format svg -o review.svg
              whence explain recommendation --history "Star Wars; Alien; The Godfather"
              whence annotate sentiment --input reviews.csv -o annotated.jsonl
              whence report annotated.jsonl --format html -o report.html
              whence evaluate accuracy --input dev.tsv
              whence inspect models/sentiment

            Results go to the standard output, everything else to the standard error. Exit codes: 0 done, \
            1 done but for bad rows, 64 usage, 65 bad data, 66 input missing, 70 a fault of Whence, 73 output cannot be written, \
            130 interrupted, 143 terminated.
            """,
        version: version,
        subcommands: [
            ExplainCommand.self, AnnotateCommand.self, MergeCommand.self, ReportCommand.self,
            DiscoverCommand.self, ExtractCommand.self, InspectCommand.self, EvaluateCommand.self,
            ConvertCommand.self, DiffCommand.self, LabCommand.self,
        ]
    )

    static func main() async {
        ComputeContext.shareHeapUnderLimit()
        StandardError.fillClosedStreams()
        do {
            try TextInput.checkArguments()
            try checkKernels()
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Diagnostics.exit(error)
        }
    }

    /// Refuses kernels that nobody knows, which would else be the machine's best without a word.
    private static func checkKernels() throws {
        guard let name = ProcessInfo.processInfo.environment["WHENCE_KERNELS"],
            !ComputeContext.knowsKernels(name)
        else { return }
        throw ValidationError("$WHENCE_KERNELS has to be plain, avx2, avxvnni or avx512, not '\(name)'.")
    }
}
