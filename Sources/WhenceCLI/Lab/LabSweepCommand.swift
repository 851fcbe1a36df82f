import ArgumentParser
import Foundation
import Whence

struct LabSweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Trains every combination of some settings, and writes a line for each.",
        discussion: """
            Examples:
              whence lab sweep --learning-rates 0.3,1,3 --seeds 5 -o rates.jsonl
              whence lab sweep --task two-parents --head-counts 1,1/2,1/3,1 --steps 4096 -o heads.jsonl
              whence lab sweep --vocabulary 3 --alphas 0.05,0.1,1 -o alphas.jsonl

            Each line is a JSON object: the run's settings, the loss, the Bayes predictor's, the gap between them, and \
            how much of the latent graph was learnt. A run that diverges has a line that says so. Lines are written as \
            runs end; the same command goes on where it was stopped, and leaves out what the file holds already.
            """
    )

    @OptionGroup(title: "Task") var task: LabTaskOptions
    @OptionGroup(title: "Training") var training: LabTrainingOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Learning rates to try, instead of one.", valueName: "x,x,…"))
    var learningRates: NumberList<Double>?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Dirichlet parameters to try, instead of one.", valueName: "x,x,…"))
    var alphas: NumberList<Double>?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Heads of each layer to try, with a slash between.", valueName: "n,n/n,n/…"))
    var headCounts: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Runs of each combination, with seeds from --seed on (default: 1).", valueName: "n"))
    var seeds = 1

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The file of lines; runs that it holds are not made again.", valueName: "file.jsonl"))
    var output: String

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Threads (default: all).", valueName: "n"))
    var threads: Int?

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    func validate() throws {
        try ThreadCount.validate(threads)
        guard (1...10_000).contains(seeds) else { throw ValidationError("--seeds has to be 1 to 10000.") }
        if output == "-" { throw ValidationError("--output takes a file: what it holds is not made again.") }
        if training.model == .standard || training.twoStage {
            throw ValidationError("A sweep is about joint training of the disentangled transformer.")
        }
        for (list, one, given) in [
            ("--learning-rates", "--learning-rate", learningRates != nil && training.learningRate != nil),
            ("--alphas", "--alpha", alphas != nil && task.alpha != nil),
            ("--head-counts", "--heads", headCounts != nil && training.heads != nil),
        ] where given {
            throw ValidationError("\(list) and \(one) say the same; leave one out.")
        }
        _ = try heads()
    }

    func run() async throws {
        let plan = try settings()
        let file = try SweepFile(output)
        let progress = ProgressLine(isShown: !quiet)
        defer { progress.clear() }
        let open = plan.filter { !file.finished.contains($0) }
        for (number, settings) in open.enumerated() {
            var run = LabTraining<Trainer>(start: .settings(settings), threads: threads)
            run.label = "run \(number + 1) of \(open.count): "
            do {
                let outcome = try await run.run(progress: progress)
                try file.append(SweepLine(outcome))
            } catch let interruption as TrainingInterrupted {
                throw SweepInterrupted(
                    run: number, runCount: open.count, output: output, training: interruption)
            } catch LaboratoryError.diverged(let step, _) {
                try file.append(SweepLine(settings: settings, divergedAfter: step))
            }
        }
        progress.clear()
        try Output.write(
            "\(plan.count.counted("run")), \(open.count.grouped) of them new: \(output)\n", to: nil,
            force: false)
    }

    /// Every combination, in the order of the options.
    private func settings() throws -> [TrainingSettings] {
        var plan: [TrainingSettings] = []
        for rate in learningRates?.numbers.map({ [$0] }) ?? [training.learningRate?.numbers ?? []] {
            for alpha in alphas?.numbers.map(Optional.some) ?? [task.alpha] {
                for heads in try heads() {
                    for seed in 0..<UInt64(seeds) {
                        var (task, training) = (task, training)
                        task.alpha = alpha
                        training.heads = heads
                        training.learningRate = rate.isEmpty ? nil : NumberList(numbers: rate)
                        training.seed = (self.training.seed ?? 0) &+ seed
                        try plan.append(training.settings(task.task(seed: training.seed ?? 0)))
                    }
                }
            }
        }
        return plan
    }

    private func heads() throws -> [NumberList<Int>?] {
        guard let headCounts else { return [training.heads] }
        return try headCounts.split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard let list = NumberList<Int>(argument: String(part)) else {
                throw ValidationError("--head-counts: \"\(part)\" is no list of numbers such as 2,1.")
            }
            return list
        }
    }
}

/// A sweep that Ctrl-C ended.
struct SweepInterrupted: Error, CustomStringConvertible {
    var run: Int
    var runCount: Int
    var output: String
    var training: TrainingInterrupted

    var description: String {
        "Interrupted in run \(run + 1) of \(runCount), after step \(training.step) of \(training.stepCount). "
            + "\(output) holds the runs before it; the same command goes on."
    }
}
