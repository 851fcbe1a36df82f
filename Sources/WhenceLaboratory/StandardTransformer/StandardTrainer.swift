/// A training run of a standard transformer.
public final class StandardTrainer: TrainingRun {
    /// What the run follows from.
    public let settings: StandardTraining
    /// The transformer as it is now.
    public private(set) var transformer: StandardTransformer
    /// Steps taken.
    public var step: Int { state.step }
    /// The last checkpoint that was written or read.
    public var lastCheckpoint: String? { state.lastCheckpoint }
    /// Time spent in steps, measurements left out.
    public private(set) var trainingTime = Duration.zero

    private var state: RunState
    private let workspace: LaboratoryWorkspace
    private let task: TaskMemory
    private var gradient: [Float]
    private var evaluation: EvaluationBatch?

    /// Starts a run.
    public convenience init(_ settings: StandardTraining, threadCount: Int? = nil) throws(LaboratoryError) {
        try settings.check()
        let transformer = try settings.start()
        let state = RunState(settings.optimizer, parameterCount: transformer.parameters.count)
        try self.init(settings, transformer: transformer, state: state, threadCount: threadCount)
    }

    /// Goes on where a checkpoint was written.
    public convenience init(resuming path: String, threadCount: Int? = nil) throws {
        let file = try CheckpointFile<StandardTraining>(.standard, readingFrom: path) { settings in
            try settings.check()
            return (try settings.parameterCount, settings.optimizer)
        }
        let transformer = try file.settings.start().with(parameters: file.parameters)
        try self.init(
            file.settings, transformer: transformer, state: file.state(from: path), threadCount: threadCount)
    }

    private init(
        _ settings: StandardTraining, transformer: StandardTransformer, state: RunState, threadCount: Int?
    ) throws(LaboratoryError) {
        self.settings = settings
        self.transformer = transformer
        self.state = state
        workspace = try LaboratoryWorkspace(threadCount: threadCount)
        task = TaskMemory(settings.task)
        gradient = [Float](repeating: 0, count: transformer.parameters.count)
    }

    /// Takes one step on fresh sequences, as `TrainingRun` says.
    @discardableResult
    public func advance() throws(LaboratoryError) -> Double? {
        guard !isFinished else { return nil }
        let begin = ContinuousClock.now
        defer { trainingTime += ContinuousClock.now - begin }
        let losses = try gradient.withUnsafeMutableBufferPointer { gradient throws(LaboratoryError) in
            try transformer.learn(
                .fresh(task, BatchKey(seed: settings.seed, batch: step), count: settings.batchSize),
                gradient: gradient.baseAddress, in: workspace)
        }
        let loss = DisentangledTransformer.mean(losses, settings.batchSize)
        guard loss.isFinite else { throw state.stepBack(&transformer.parameters) }
        try state.advance(
            &transformer.parameters, along: gradient, loss: loss, rate: settings.stage.rate(at: step),
            of: settings, ranges: [0..<gradient.count])
        return loss
    }

    /// Measures the transformer as it is now; `recovery` and `largestShare` are nil, because where it looks depends on
    /// the tokens.
    public func measure() throws -> TrainingMetrics {
        let evaluation = try settings.evaluation(in: workspace, kept: &evaluation)
        let loss = try transformer.loss(on: evaluation.batch, in: workspace)
        guard loss.isFinite else { throw state.stepBack(&transformer.parameters) }
        return TrainingMetrics(
            step: step, stage: 0, learningRate: isFinished ? 0 : settings.stage.rate(at: step),
            trainingLoss: state.recentLoss.value, loss: loss, bayesLoss: evaluation.bayesLoss)
    }

    /// Writes everything that going on needs: HDF5, `parameters`, the optimiser's memory, and the settings as JSON.
    ///
    /// - Throws: `LoaderError.unwritable`; what was at the path is then as it was.
    public func save(to path: String) throws {
        try CheckpointFile(settings, state, parameters: transformer.parameters).write(.standard, to: path)
        state.lastCheckpoint = path
    }
}
