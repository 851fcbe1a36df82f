import ArgumentParser
import Foundation
import Whence

struct LabGradientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gradient",
        abstract: "Measures the gradient at zero against its closed form in chi-squared mutual information.",
        discussion: """
            Examples:
              whence lab gradient
              whence lab gradient --vocabulary 3 --length 10 --pairs
              whence lab gradient --task random-tree --seed 7 --sequences 1048576 --format json

            Where training starts, the gradient of the first layer's attention from position i to j is, up to a \
            factor and the mean of its row, g = E Σ μ(s) π(s'|s)/μ(s') P(s_i = s' | s_j = s) − 1: at the true parent \
            the chi-squared mutual information I of child and parent. g of other positions is at most √(I · I'), and \
            the data-processing inequality says that I' along a longer path is no larger. Both are counted over \
            random kernels. The task has to be one tree with stationary roots.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup(title: "Task") var task: LabTaskOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Random kernels behind the closed form.", valueName: "n"))
    var kernels = 4096

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Sequences behind the sampled gradient.", valueName: "n"))
    var sequences = 1 << 16

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Of the second layer's comparison of tokens at the start.", valueName: "x"))
    var strength = 0.01

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("What all chance follows from.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Threads (default: all).", valueName: "n"))
    var threads: Int?

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    @Flag(name: .long, help: "In text, list every pair of positions.")
    var pairs = false

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws { try ThreadCount.validate(threads) }

    func run() async throws {
        try output.check()
        let progress = ProgressLine(isShown: !quiet)
        defer { progress.clear() }
        let task = try task.task(seed: seed)
        let (kernels, sequences, strength) = (kernels, sequences, strength)
        let (seed, threads) = (seed, threads)
        let report: LabGradientReport
        do {
            report = try await interruptible {
                let workspace = try LaboratoryWorkspace(threadCount: threads)
                progress.show("measuring information over \(kernels.counted("kernel"))")
                let information = try PathInformation.measure(
                    task, kernelCount: kernels, seed: seed, in: workspace)
                progress.show("measuring the gradient over \(sequences.counted("sequence"))")
                let gradient = try ZeroGradient.measure(
                    task, information: information, sequenceCount: sequences, strength: strength, seed: seed,
                    in: workspace)
                return LabGradientReport(task: task, information: information, gradient: gradient)
            }
        } catch is CancellationError {
            throw MeasurementInterrupted(
                place: "before the gradient was measured",
                advice: "Fewer --kernels or --sequences end sooner.")
        }
        progress.clear()
        switch format {
        case .json: try output.write(jsonText(of: report))
        case .text: try output.write(report.text(title: self.task.name, listingPairs: pairs))
        }
    }
}
