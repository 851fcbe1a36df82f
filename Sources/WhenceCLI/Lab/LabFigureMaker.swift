import Foundation
import Whence

/// Trains what figures need, each run once, and draws them.
struct LabFigureMaker {
    var seed: UInt64
    var isPaper: Bool
    var steps: Int?
    /// What Figure 9 is about.
    var trees: LabExperiment.Trees
    var threads: Int?
    var progress: ProgressLine
    private var outcomes: [LabExperiment: LabTraining<Trainer>.Outcome] = [:]

    init(
        seed: UInt64, isPaper: Bool, steps: Int?, trees: LabExperiment.Trees, threads: Int?,
        progress: ProgressLine
    ) {
        self.seed = seed
        self.isPaper = isPaper
        self.steps = steps
        self.trees = trees
        self.threads = threads
        self.progress = progress
    }

    /// Figures that can be made.
    static let numbers = [2, 5, 6, 7, 8, 9]

    /// Makes a figure; nil for a number that is none of `numbers`.
    mutating func figure(_ number: Int) async throws -> LabFigure? {
        switch number {
        case 2: try await learntTrees()
        case 5: try await learntParents()
        case 6: try await chainMatrices()
        case 7: try await parentMatrices()
        case 8: try await standardTransformer()
        case 9: try await manyGraphs()
        default: nil
        }
    }

    mutating func outcome(_ experiment: LabExperiment) async throws -> LabTraining<Trainer>.Outcome {
        if let outcome = outcomes[experiment] { return outcome }
        let settings = try experiment.settings(seed: seed, isPaper: isPaper, steps: steps)
        var run = LabTraining<Trainer>(start: .settings(settings), threads: threads)
        run.label = experiment.name + ": "
        let outcome = try await run.run(progress: progress)
        outcomes[experiment] = outcome
        return outcome
    }
}
