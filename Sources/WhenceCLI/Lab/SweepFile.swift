import Foundation
import Whence

/// What one run of a sweep came to; the JSON document `whence.sweep/1`.
struct SweepLine: Codable {
    var schema = "whence.sweep/1"
    var settings: TrainingSettings
    /// The step after which the run diverged; nil for a run that ended.
    var divergedAfter: Int?
    var loss: Double?
    var bayesLoss: Double?
    /// The loss above the Bayes predictor's.
    var gap: Double?
    /// The mean weight on true parents; nil for tasks with several graphs.
    var recovery: Double?
    /// The share of edges at which some head looks most; nil for tasks with several graphs.
    var largestShare: Double?

    init(_ outcome: LabTraining<Trainer>.Outcome) {
        settings = outcome.settings
        loss = outcome.last.loss
        bayesLoss = outcome.last.bayesLoss
        gap = outcome.last.loss - outcome.last.bayesLoss
        recovery = outcome.last.recovery
        largestShare = outcome.last.largestShare
    }

    init(settings: TrainingSettings, divergedAfter step: Int) {
        self.settings = settings
        divergedAfter = step
    }
}

/// The lines of a sweep as a file, each there as soon as its run ends.
final class SweepFile {
    /// Settings of runs that the file holds.
    private(set) var finished: Set<TrainingSettings> = []

    private let path: String
    private var text = ""

    /// Opens a file, or begins one.
    ///
    /// - Throws: `OutputError` for a file that cannot be written, or that holds something else.
    init(_ path: String) throws {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else {
            try Output.check(path, force: true)
            return
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw OutputError(path: path, reason: "it exists, and cannot be read as text")
        }
        for (number, line) in text.split(separator: "\n").enumerated() {
            guard let entry = try? JSONDecoder().decode(SweepLine.self, from: Data(line.utf8)) else {
                throw OutputError(path: path, reason: "line \(number + 1) of it is no run of a sweep")
            }
            finished.insert(entry.settings)
            self.text += line + "\n"
        }
    }

    /// Adds a line.
    func append(_ line: SweepLine) throws {
        text += try jsonText(of: line, layout: .oneLine)
        try Output.write(text, to: path, force: true)
        finished.insert(line.settings)
    }
}
