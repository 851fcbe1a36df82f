import ArgumentParser
import Foundation
import Whence

struct LabTrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract:
            "Trains a transformer on sequences of known causal structure, and says how much of it was learnt.",
        discussion: """
            Examples:
              whence lab train
              whence lab train --task random-tree --vocabulary 3 --schedule constant --seed 7
              whence lab train --task two-parents --metrics run.jsonl --checkpoint run.h5
              whence lab train --resume run.h5 --checkpoint run.h5
              whence lab train --task chain --vocabulary 3 --two-stage --format json -o run.json
              whence lab train --graph graph.json --steps 4096 --optimizer adamw
              whence lab train --task lags --lags 1,2,3 --heads 3,1,1 --optimizer adamw
              whence lab train --model standard --checkpoint standard.h5

            Every sequence has a transition kernel of its own, with rows from a Dirichlet law; the transformer has to \
            find out from the sequence what follows its last token. The Bayes predictor knows the latent graph. The \
            same options give the same bytes, on any number of threads.

            Ctrl-C writes the checkpoint and prints how to go on.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup(title: "Task") var task: LabTaskOptions
    @OptionGroup(title: "Training") var training: LabTrainingOptions

    @Option(
        name: .long, help: ArgumentHelp("Keep the run in a file that --resume takes.", valueName: "file.h5"))
    var checkpoint: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Steps from one checkpoint to the next.", valueName: "n"))
    var checkpointInterval = 4096

    @Option(
        name: .long,
        help: ArgumentHelp("Go on where a checkpoint was written, with its settings.", valueName: "file.h5"))
    var resume: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Write every measurement, one JSON object a line; --resume adds to the file of the run, and refuses "
                + "one that holds something else.",
            valueName: "file.jsonl"))
    var metrics: String?

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Threads (default: all).", valueName: "n"))
    var threads: Int?

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if resume != nil, let option = (task.given + training.given).first {
            throw ValidationError("--resume takes its settings from the checkpoint; leave \(option) out.")
        }
        if checkpointInterval < 1 { throw ValidationError("--checkpoint-interval has to be 1 or more.") }
        try ThreadCount.validate(threads)
        for (name, path) in [("--checkpoint", checkpoint), ("--metrics", metrics)] where path == "-" {
            throw ValidationError("\(name) takes a file; only --output can be -.")
        }
        let places = [checkpoint, metrics, output.output].compactMap { $0 }.filter { $0 != "-" }.map(
            Self.place)
        if Set(places).count < places.count {
            throw ValidationError(
                "--checkpoint, --metrics and --output name the same file; give each its own.")
        }
    }

    func run() async throws {
        try output.check()
        let isSame = checkpoint.map { path in resume.map { Self.place($0) == Self.place(path) } ?? false }
        try Output.check(checkpoint, force: output.force || isSame == true)
        try Output.check(metrics, force: output.force || resume != nil)
        if let resume, !FileManager.default.fileExists(atPath: resume) {
            throw LoaderError.missing(
                path: resume, what: "the checkpoint", hint: "Give the file that --checkpoint named.")
        }
        let progress = ProgressLine(isShown: !quiet)
        defer { progress.clear() }
        switch try resume.map(LaboratoryModel.init(ofCheckpoint:)) ?? training.model ?? .disentangled {
        case .disentangled:
            let outcome: LabTraining<Trainer>.Outcome = try await train(progress) {
                try training.settings($0)
            }
            try write(LabTrainReport(outcome, checkpoint: checkpoint, threads: threads), progress)
        case .standard:
            let outcome: LabTraining<StandardTrainer>.Outcome = try await train(progress) {
                try training.standardSettings($0)
            }
            try write(LabTrainReport(outcome, checkpoint: checkpoint, threads: threads), progress)
        }
    }

    private func train<Run: LabRun>(
        _ progress: ProgressLine, settings: (InContextTask) throws -> Run.Settings
    ) async throws -> LabTraining<Run>.Outcome {
        let start: LabTraining<Run>.Start =
            try resume.map { .checkpoint($0) } ?? .settings(settings(task.task(seed: training.seed ?? 0)))
        var run = LabTraining<Run>(start: start, threads: threads)
        run.checkpoints = checkpoint.map { .init(path: $0, interval: checkpointInterval) }
        run.metricsPath = metrics
        run.replacesMetrics = output.force
        return try await run.run(progress: progress)
    }

    /// A file, however it is written.
    private static func place(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }

    private func write(_ report: LabTrainReport<some ExperimentSettings>, _ progress: ProgressLine) throws {
        progress.clear()
        switch format {
        case .json: try output.write(jsonText(of: report))
        case .text: try output.write(report.text(title: resume ?? task.name))
        }
    }
}
