/// A training run: a transformer, the steps behind it and those before it.
public final class Trainer: TrainingRun {
    /// What the run follows from.
    public let settings: TrainingSettings
    /// The transformer as it is now.
    public private(set) var transformer: DisentangledTransformer
    /// Steps taken.
    public var step: Int { state.step }
    /// The last checkpoint that was written or read.
    public var lastCheckpoint: String? { state.lastCheckpoint }
    /// Time spent in steps, measurements left out.
    public private(set) var trainingTime = Duration.zero

    private(set) var state: RunState
    private let workspace: LaboratoryWorkspace
    private let task: TaskMemory
    private let ranges: [[Range<Int>]]
    private var gradient: [Float]
    private var evaluation: EvaluationBatch?
    private var induction: InductionProbe?

    /// Starts a run.
    ///
    /// - Parameters:
    ///   - settings: what the run follows from.
    ///   - threadCount: all available threads if not given; the result does not depend on it.
    /// - Throws: `setting` or `threads`.
    public convenience init(_ settings: TrainingSettings, threadCount: Int? = nil) throws(LaboratoryError) {
        try settings.check()
        let transformer = settings.start.transformer(settings.shape, seed: settings.seed)
        let state = RunState(settings.optimizer, parameterCount: settings.shape.parameterCount)
        try self.init(settings, transformer: transformer, state: state, threadCount: threadCount)
    }

    init(
        _ settings: TrainingSettings, transformer: DisentangledTransformer, state: RunState, threadCount: Int?
    ) throws(LaboratoryError) {
        self.settings = settings
        self.transformer = transformer
        self.state = state
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
        induction = try InductionProbe(
            settings.task, shape: settings.shape, seed: settings.seed, in: workspace)
    }

    /// Takes one step on fresh sequences.
    ///
    /// - Returns: the mean loss over the batch, before the step; nil if the run is finished.
    /// - Throws: `diverged` if the loss or a parameter is no finite number; the run is then as it was where the loss
    ///   was last finite. `memory` if the system has none left.
    @discardableResult
    public func advance() throws(LaboratoryError) -> Double? {
        guard let (stage, number, stepOfStage) = settings.stage(at: step) else { return nil }
        let begin = ContinuousClock.now
        defer { trainingTime += ContinuousClock.now - begin }
        let key = BatchKey(seed: settings.seed, purpose: .training, batch: step)
        let losses = try gradient.withUnsafeMutableBufferPointer { gradient throws(LaboratoryError) in
            try transformer.learn(
                .fresh(task, key, count: settings.batchSize), gradient: gradient.baseAddress, outputs: nil,
                in: workspace)
        }
        let loss = DisentangledTransformer.mean(losses, settings.batchSize)
        guard loss.isFinite, Self.isFinite(gradient) else { throw state.stepBack(&transformer.parameters) }
        try state.advance(
            &transformer.parameters, along: gradient, loss: loss, rate: stage.rate(at: stepOfStage),
            of: settings, ranges: ranges[number])
        return loss
    }

    private static func isFinite(_ numbers: [Float]) -> Bool {
        numbers.withUnsafeBufferPointer { $0.reduce(Float(0)) { $0 + $1 * 0 } == 0 }
    }

    /// Measures the transformer as it is now.
    ///
    /// - Throws: `LaboratoryError`, as `advance` for a loss that is no finite number; `CancellationError`.
    public func measure() throws -> TrainingMetrics {
        let evaluation = try settings.evaluation(in: workspace, kept: &evaluation)
        let loss = try transformer.loss(on: evaluation.batch, in: workspace)
        guard loss.isFinite else { throw state.stepBack(&transformer.parameters) }
        let recovery = transformer.recovery(of: settings.task)
        let next = settings.stage(at: step)
        return TrainingMetrics(
            step: step, stage: next?.number ?? settings.stages.count - 1,
            learningRate: next.map { $0.stage.rate(at: $0.step) } ?? 0, trainingLoss: state.recentLoss.value,
            loss: loss, bayesLoss: evaluation.bayesLoss, recovery: recovery?.meanWeight,
            largestShare: recovery?.largestShare, induction: induction?.head(of: transformer).weight)
    }

    /// Keeps the path of a checkpoint that was written.
    func noteCheckpoint(_ path: String) { state.lastCheckpoint = path }
}
