import Foundation
import Whence

#if compiler(>=6.2)
    /// A run that can be made on any thread, which the compiler wants said from 6.2 on.
    typealias LabRun = TrainingRun & SendableMetatype
#else
    /// A run that can be made on any thread.
    typealias LabRun = TrainingRun
#endif

/// A training run at the terminal: it says how far it is, writes what it measures, and Ctrl-C ends it whole.
struct LabTraining<Run: LabRun>: Sendable {
    /// Where a run starts.
    enum Start: Sendable {
        case settings(Run.Settings)
        case checkpoint(String)
    }

    /// What came out.
    struct Outcome: Sendable {
        var settings: Run.Settings
        var transformer: Run.Transformer
        /// Measurements of this run; a resumed one has those of its metrics file before them.
        var measurements: [TrainingMetrics]
        var last: TrainingMetrics
        /// Steps of this run.
        var steps: Int
        /// Time of the steps and of all else.
        var seconds: Double
        /// Time of the steps alone.
        var trainingSeconds: Double
    }

    var start: Start
    var threads: Int?
    var checkpoints: CheckpointPlan?
    var metricsPath: String?
    /// Whether what else the metrics file holds may go.
    var replacesMetrics = false
    /// Stands before the sentence of the progress line.
    var label = ""

    /// Trains to the end.
    ///
    /// - Throws: `TrainingInterrupted` after Ctrl-C, `LaboratoryError`, `LoaderError` and `OutputError`.
    func run(progress: ProgressLine) async throws -> Outcome {
        try await interruptible { try train(progress) }
    }

    private func train(_ progress: ProgressLine) throws -> Outcome {
        let trainer: Run
        let isResumed: Bool
        switch start {
        case .settings(let settings):
            (trainer, isResumed) = (try Run(settings, threadCount: threads), false)
        case .checkpoint(let path):
            (trainer, isResumed) = (try Run(resuming: path, threadCount: threads), true)
        }
        let firstStep = trainer.step
        let file = try metricsPath.map {
            try MetricsFile($0, goingOnFrom: isResumed ? firstStep : nil, force: replacesMetrics)
        }
        let clock = ContinuousClock()
        let begin = clock.now
        var measurements = file?.kept ?? []
        do {
            let last = try trainer.run(checkpoints: checkpoints) { metrics in
                measurements.append(metrics)
                try file?.append(metrics)
                progress.show(label + Self.sentence(metrics, of: trainer.settings.stepCount))
            }
            return Outcome(
                settings: trainer.settings, transformer: trainer.transformer, measurements: measurements,
                last: last, steps: trainer.step - firstStep, seconds: (clock.now - begin) / .seconds(1),
                trainingSeconds: trainer.trainingTime / .seconds(1))
        } catch is CancellationError {
            if let checkpoints { try trainer.save(to: checkpoints.path) }
            throw TrainingInterrupted(
                step: trainer.step, stepCount: trainer.settings.stepCount, checkpoint: checkpoints?.path,
                metrics: metricsPath)
        }
    }

    private static func sentence(_ metrics: TrainingMetrics, of stepCount: Int) -> String {
        var text = "step \(metrics.step) of \(stepCount) (\(metrics.step * 100 / max(1, stepCount)) %), loss "
        text += String(format: "%.4f, Bayes %.4f", metrics.loss, metrics.bayesLoss)
        if let recovery = metrics.recovery { text += String(format: ", on true parents %.3f", recovery) }
        return text
    }
}

/// A run that Ctrl-C ended.
struct TrainingInterrupted: Error, CustomStringConvertible {
    var step: Int
    var stepCount: Int
    /// Where the run is kept.
    var checkpoint: String?
    var metrics: String?

    var description: String {
        let place = "Interrupted after step \(step) of \(stepCount)"
        guard let checkpoint else { return "\(place); the run is not kept." }
        let quoted = checkpoint.shellQuoted
        let measuring = metrics.map { " --metrics \($0.shellQuoted)" } ?? ""
        return "\(place), which \(checkpoint) keeps. To go on:\n"
            + "  whence lab train --resume \(quoted) --checkpoint \(quoted)\(measuring)"
    }
}
