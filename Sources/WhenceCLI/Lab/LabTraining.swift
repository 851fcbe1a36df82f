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
        /// Measurements of this run; a resumed one begins in the middle.
        var measurements: [TrainingMetrics]
        var last: TrainingMetrics
        /// Steps of this run.
        var steps: Int
        var seconds: Double
    }

    var start: Start
    var threads: Int?
    var checkpoints: CheckpointPlan?
    var metricsPath: String?
    /// Stands before the sentence of the progress line.
    var label = ""

    /// Trains to the end.
    ///
    /// - Throws: `TrainingInterrupted` after Ctrl-C, `LaboratoryError`, `LoaderError` and `OutputError`.
    func run(progress: ProgressLine) async throws -> Outcome {
        let work = Task.detached { try train(progress) }
        let signal = InterruptSignal { _ in work.cancel() }
        defer { withExtendedLifetime(signal) {} }
        return try await work.value
    }

    private func train(_ progress: ProgressLine) throws -> Outcome {
        let trainer: Run
        switch start {
        case .settings(let settings): trainer = try Run(settings, threadCount: threads)
        case .checkpoint(let path): trainer = try Run(resuming: path, threadCount: threads)
        }
        let firstStep = trainer.step
        let file = try metricsPath.map {
            try MetricsFile($0, goingOnFrom: firstStep == 0 ? nil : firstStep)
        }
        let clock = ContinuousClock()
        let begin = clock.now
        var measurements: [TrainingMetrics] = []
        do {
            let last = try trainer.run(checkpoints: checkpoints) { metrics in
                measurements.append(metrics)
                try file?.append(metrics)
                progress.show(label + Self.sentence(metrics, of: trainer.settings.stepCount))
            }
            return Outcome(
                settings: trainer.settings, transformer: trainer.transformer, measurements: measurements,
                last: last, steps: trainer.step - firstStep, seconds: (clock.now - begin) / .seconds(1))
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
