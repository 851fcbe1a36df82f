/// A training run: a transformer, the steps behind it and those before it.
public protocol TrainingRun: AnyObject {
    /// What a run follows from.
    associatedtype Settings: ExperimentSettings
    /// What is trained.
    associatedtype Transformer: Sendable

    /// Starts a run.
    ///
    /// - Parameter threadCount: all available threads if not given; the result does not depend on it.
    /// - Throws: `setting` or `threads`.
    init(_ settings: Settings, threadCount: Int?) throws(LaboratoryError)

    /// Goes on where a checkpoint was written: the steps that follow are the same, to the byte, as if the run had never
    /// been interrupted.
    ///
    /// - Throws: `LaboratoryError.checkpoint` for a file that is not one; `LoaderError` for one that cannot be read.
    init(resuming path: String, threadCount: Int?) throws

    /// What the run follows from.
    var settings: Settings { get }
    /// The transformer as it is now.
    var transformer: Transformer { get }
    /// Steps taken.
    var step: Int { get }
    /// Time spent in steps, measurements left out.
    var trainingTime: Duration { get }

    /// Takes one step on fresh sequences.
    ///
    /// - Returns: the mean loss over the batch, before the step; nil if the run is finished.
    /// - Throws: `diverged` if the loss or a parameter is no finite number; the run is then as it was where the loss
    ///   was last finite. `memory` if the system has none left.
    @discardableResult
    func advance() throws(LaboratoryError) -> Double?

    /// Measures the transformer as it is now.
    ///
    /// - Throws: `LaboratoryError`, as `advance` for a loss that is no finite number; `CancellationError`.
    func measure() throws -> TrainingMetrics

    /// Writes everything that going on needs, as HDF5.
    ///
    /// - Throws: `LoaderError.unwritable`; what was at the path is then as it was.
    func save(to path: String) throws
}

/// When and where a run leaves checkpoints.
public struct CheckpointPlan: Sendable, Hashable {
    /// The file, which is replaced each time.
    public var path: String
    /// Steps from one to the next; there is one more at the end.
    public var interval: Int

    /// Makes a plan.
    public init(path: String, interval: Int = 4096) {
        self.path = path
        self.interval = max(1, interval)
    }
}

extension TrainingRun {
    /// Whether all steps are taken.
    public var isFinished: Bool { step >= settings.stepCount }

    /// Trains to the end, or up to a step.
    ///
    /// Measures before the first step, every `settings.evaluationInterval` steps and at the end, and hands each
    /// measurement on. To stop early, throw from `report`: the trainer is whole, and `save(to:)` keeps it. A run that
    /// diverges leaves its last good state as a checkpoint.
    /// - Parameters:
    ///   - lastStep: where to stop; the end if not given.
    ///   - checkpoints: nil for none.
    ///   - report: gets each measurement, as soon as it is made.
    /// - Returns: the last measurement.
    /// - Throws: `LaboratoryError.diverged`, `LoaderError.unwritable`, `CancellationError`, and whatever `report`
    ///   throws.
    @discardableResult
    public func run(
        to lastStep: Int? = nil, checkpoints: CheckpointPlan? = nil,
        report: (TrainingMetrics) throws -> Void = { _ in }
    ) throws -> TrainingMetrics {
        do {
            return try train(to: min(lastStep ?? settings.stepCount, settings.stepCount), checkpoints, report)
        } catch LaboratoryError.diverged(let step, let older) {
            if let checkpoints { try save(to: checkpoints.path) }
            throw LaboratoryError.diverged(step: step, lastGoodCheckpoint: checkpoints?.path ?? older)
        }
    }

    private func train(
        to end: Int, _ checkpoints: CheckpointPlan?, _ report: (TrainingMetrics) throws -> Void
    ) throws -> TrainingMetrics {
        while step < end {
            try Task.checkCancellation()
            if step % settings.evaluationInterval == 0 { try report(measure()) }
            try advance()
            if let checkpoints, step % checkpoints.interval == 0, step < end {
                try save(to: checkpoints.path)
            }
        }
        let last = try measure()
        try report(last)
        if let checkpoints { try save(to: checkpoints.path) }
        return last
    }
}
