/// A training run: a transformer, the steps behind it and those before it.
public final class Trainer: TrainingRun {
    /// What the run follows from.
    public let settings: TrainingSettings
    /// The transformer as it is now.
    public private(set) var transformer: DisentangledTransformer
    /// Steps taken.
    public private(set) var step: Int
    /// The last checkpoint that was written or read.
    public private(set) var lastCheckpoint: String?

    private(set) var state: OptimizerState
    private let workspace: LaboratoryWorkspace
    private let task: TaskMemory
    private let ranges: [[Range<Int>]]
    private var gradient: [Float]
    private var evaluation: EvaluationBatch?
    private var recentLoss = RunningMean()

    /// Starts a run.
    ///
    /// - Parameters:
    ///   - settings: what the run follows from.
    ///   - threadCount: all available threads if not given; the result does not depend on it.
    /// - Throws: `setting` or `threads`.
    public convenience init(_ settings: TrainingSettings, threadCount: Int? = nil) throws(LaboratoryError) {
        try settings.check()
        let transformer = settings.start.transformer(settings.shape, seed: settings.seed)
        let state = OptimizerState(
            settings.optimizer, parameterCount: settings.shape.parameterCount)
        try self.init(
            settings, transformer: transformer, state: state, step: 0, checkpoint: nil,
            threadCount: threadCount)
    }

    init(
        _ settings: TrainingSettings, transformer: DisentangledTransformer, state: OptimizerState, step: Int,
        checkpoint: String?, threadCount: Int?
    ) throws(LaboratoryError) {
        self.settings = settings
        self.transformer = transformer
        self.state = state
        self.step = step
        lastCheckpoint = checkpoint
        workspace = try LaboratoryWorkspace(threadCount: threadCount)
        task = TaskMemory(settings.task)
        var ranges: [[Range<Int>]] = []
        for stage in settings.stages {
            guard let regions = stage.regions else {
                ranges.append([0..<settings.shape.parameterCount])
                continue
            }
            var list: [Range<Int>] = []
            for region in regions { list += try region.ranges(in: settings.shape) }
            ranges.append(list)
        }
        self.ranges = ranges
        gradient = [Float](repeating: 0, count: settings.shape.parameterCount)
    }

    /// Takes one step on fresh sequences.
    ///
    /// - Returns: the mean loss over the batch, before the step; nil if the run is finished.
    /// - Throws: `diverged` if the loss or a parameter is no finite number; the transformer is then as it was.
    @discardableResult
    public func advance() throws(LaboratoryError) -> Double? {
        guard let (stage, number, stepOfStage) = settings.stage(at: step) else { return nil }
        let key = BatchKey(seed: settings.seed, purpose: .training, batch: step)
        let losses = gradient.withUnsafeMutableBufferPointer { gradient in
            transformer.learn(
                .fresh(task, key, count: settings.batchSize), gradient: gradient.baseAddress, outputs: nil,
                in: workspace)
        }
        let loss = DisentangledTransformer.mean(losses, settings.batchSize)
        guard loss.isFinite else { throw diverged }
        guard Self.isFinite(gradient) else { throw diverged }
        let before = transformer.parameters
        let isWhole = state.move(
            &transformer.parameters, along: gradient, by: settings.optimizer,
            rate: Float(stage.rate(at: stepOfStage)), weightDecay: Float(settings.weightDecay), step: step,
            ranges: ranges[number])
        guard isWhole else {
            transformer.parameters = before
            throw diverged
        }
        step += 1
        recentLoss.add(loss)
        return loss
    }

    private var diverged: LaboratoryError {
        .diverged(step: step, lastGoodCheckpoint: lastCheckpoint)
    }

    private static func isFinite(_ numbers: [Float]) -> Bool {
        numbers.withUnsafeBufferPointer { $0.reduce(Float(0)) { $0 + $1 * 0 } == 0 }
    }

    /// Measures the transformer as it is now.
    ///
    /// - Throws: `setting` or `batch` if the settings are not what they were.
    public func measure() throws(LaboratoryError) -> TrainingMetrics {
        let evaluation = try settings.evaluation(in: workspace, kept: &evaluation)
        let loss = try transformer.loss(on: evaluation.batch, in: workspace)
        let recovery = transformer.recovery(of: settings.task)
        let next = settings.stage(at: step)
        return TrainingMetrics(
            step: step, stage: next?.number ?? settings.stages.count - 1,
            learningRate: next.map { $0.stage.rate(at: $0.step) } ?? 0, trainingLoss: recentLoss.take(),
            loss: loss, bayesLoss: evaluation.bayesLoss, recovery: recovery?.meanWeight,
            largestShare: recovery?.largestShare)
    }

    /// Keeps the path of a checkpoint that was written.
    func noteCheckpoint(_ path: String) { lastCheckpoint = path }
}
