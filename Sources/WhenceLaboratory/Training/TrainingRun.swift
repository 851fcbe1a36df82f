/// What every training run follows from, whatever it trains.
public protocol ExperimentSettings: Codable, Hashable, Sendable {
    /// What sequences are drawn from, anew for every step.
    var task: InContextTask { get }
    /// Steps of the whole run.
    var stepCount: Int { get }
    /// Sequences of a step.
    var batchSize: Int { get }
    /// What chance follows from.
    var seed: UInt64 { get }
    /// Sequences, never trained on, over which the loss is measured.
    var evaluationCount: Int { get }
    /// Steps from one measurement to the next.
    var evaluationInterval: Int { get }
}

/// Sequences to measure on, and the Bayes predictor's loss over them.
struct EvaluationBatch {
    var batch: TokenBatch
    var bayesLoss: Double
}

extension ExperimentSettings {
    /// What a run is measured on, drawn once.
    func evaluation(
        in workspace: LaboratoryWorkspace, kept: inout EvaluationBatch?
    ) throws(LaboratoryError) -> EvaluationBatch {
        if let kept { return kept }
        let sample = try task.sample(
            evaluationCount, key: BatchKey(seed: seed, purpose: .evaluation), in: workspace)
        let made = EvaluationBatch(batch: sample.visible, bayesLoss: sample.loss(of: .bayes))
        kept = made
        return made
    }
}

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

    /// Takes one step on fresh sequences.
    ///
    /// - Returns: the mean loss over the batch, before the step; nil if the run is finished.
    /// - Throws: `diverged` if the loss or a parameter is no finite number; the transformer is then as it was.
    @discardableResult
    func advance() throws(LaboratoryError) -> Double?

    /// Measures the transformer as it is now.
    ///
    /// - Throws: `setting` or `batch` if the settings are not what they were.
    func measure() throws(LaboratoryError) -> TrainingMetrics

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
    /// measurement on. To stop early, throw from `report`: the trainer is whole, and `save(to:)` keeps it.
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
        let end = min(lastStep ?? settings.stepCount, settings.stepCount)
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
