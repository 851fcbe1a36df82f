/// A training run of a standard transformer.
public final class StandardTrainer: TrainingRun {
    /// What the run follows from.
    public let settings: StandardTraining
    /// The transformer as it is now.
    public private(set) var transformer: StandardTransformer
    /// Steps taken.
    public private(set) var step: Int
    /// The last checkpoint that was written or read.
    public private(set) var lastCheckpoint: String?
    /// Time spent in steps, measurements left out.
    public private(set) var trainingTime = Duration.zero

    private var state: OptimizerState
    private let workspace: LaboratoryWorkspace
    private let task: TaskMemory
    private var gradient: [Float]
    private var evaluation: EvaluationBatch?
    private var recentLoss: RunningMean
    /// What the last step started from, where the loss was a finite number.
    private var before: (parameters: [Float], state: OptimizerState, recentLoss: RunningMean)?

    /// Starts a run.
    public convenience init(_ settings: StandardTraining, threadCount: Int? = nil) throws(LaboratoryError) {
        try settings.check()
        let transformer = try settings.start()
        try self.init(
            settings, transformer: transformer,
            state: OptimizerState(settings.optimizer, parameterCount: transformer.parameters.count),
            recentLoss: RunningMean(), step: 0, checkpoint: nil, threadCount: threadCount)
    }

    /// Goes on where a checkpoint was written.
    public convenience init(resuming path: String, threadCount: Int? = nil) throws {
        let file = try CheckpointFile<StandardTraining>(.standard, readingFrom: path) { settings in
            try settings.check()
            return (try settings.parameterCount, settings.optimizer)
        }
        let transformer = try file.settings.start().with(parameters: file.parameters)
        try self.init(
            file.settings, transformer: transformer, state: file.state, recentLoss: file.recentLoss,
            step: file.step, checkpoint: path, threadCount: threadCount)
    }

    private init(
        _ settings: StandardTraining, transformer: StandardTransformer, state: OptimizerState,
        recentLoss: RunningMean, step: Int, checkpoint: String?, threadCount: Int?
    ) throws(LaboratoryError) {
        self.settings = settings
        self.transformer = transformer
        self.state = state
        self.recentLoss = recentLoss
        self.step = step
        lastCheckpoint = checkpoint
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
        guard loss.isFinite else { throw stepBack() }
        before = (transformer.parameters, state, recentLoss)
        if step % settings.evaluationInterval == 0 { recentLoss = RunningMean() }
        let isWhole = state.move(
            &transformer.parameters, along: gradient, by: settings.optimizer,
            rate: Float(settings.stage.rate(at: step)), weightDecay: Float(settings.weightDecay), step: step,
            ranges: [0..<gradient.count])
        step += 1
        guard isWhole else { throw stepBack() }
        recentLoss.add(loss)
        return loss
    }

    /// Takes the last step back, after which something is no finite number.
    private func stepBack() -> LaboratoryError {
        if let before {
            (transformer.parameters, state, recentLoss) = before
            step -= 1
        }
        before = nil
        return .diverged(step: step, lastGoodCheckpoint: lastCheckpoint)
    }

    /// Measures the transformer as it is now; `recovery` and `largestShare` are nil, because where it looks depends on
    /// the tokens.
    public func measure() throws -> TrainingMetrics {
        let evaluation = try settings.evaluation(in: workspace, kept: &evaluation)
        let loss = try transformer.loss(on: evaluation.batch, in: workspace)
        guard loss.isFinite else { throw stepBack() }
        return TrainingMetrics(
            step: step, stage: 0, learningRate: isFinished ? 0 : settings.stage.rate(at: step),
            trainingLoss: recentLoss.value, loss: loss, bayesLoss: evaluation.bayesLoss)
    }

    /// Writes everything that going on needs: HDF5, `parameters`, the optimiser's memory, and the settings as JSON.
    ///
    /// - Throws: `LoaderError.unwritable`; what was at the path is then as it was.
    public func save(to path: String) throws {
        let file = CheckpointFile(
            settings: settings, step: step, parameters: transformer.parameters, state: state,
            recentLoss: recentLoss)
        try file.write(.standard, to: path)
        lastCheckpoint = path
    }
}
