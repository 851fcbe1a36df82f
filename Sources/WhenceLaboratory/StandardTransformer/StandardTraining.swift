/// Training of a standard transformer: the settings of the paper's Figure 8 unless told otherwise.
public struct StandardTraining: Sendable, Hashable, Codable {
    /// What sequences are drawn from, anew for every step.
    public var task: InContextTask
    /// Layers.
    public var layerCount: Int
    /// Steps, learning rate and its schedule.
    public var stage: TrainingStage
    /// Sequences of a step.
    public var batchSize: Int
    /// How a gradient becomes a step.
    public var optimizer: Optimizer
    /// What parameters are pulled towards 0 with.
    public var weightDecay: Double
    /// What chance follows from.
    public var seed: UInt64
    /// Sequences, never trained on, over which the loss is measured.
    public var evaluationCount: Int
    /// Steps from one measurement to the next.
    public var evaluationInterval: Int

    /// Makes settings.
    ///
    /// - Throws: `setting` for whatever is out of range.
    public init(
        task: InContextTask, layerCount: Int = 2, steps: Int = 1 << 12, learningRate: Double = 0.01,
        schedule: LearningRateSchedule = .cosine, batchSize: Int = 1024, optimizer: Optimizer = .adamW(),
        weightDecay: Double = 2e-4, seed: UInt64 = 0, evaluationCount: Int = 4096,
        evaluationInterval: Int? = nil
    ) throws(LaboratoryError) {
        self.task = task
        self.layerCount = layerCount
        stage = TrainingStage(steps: steps, learningRate: learningRate, schedule: schedule)
        self.batchSize = batchSize
        self.optimizer = optimizer
        self.weightDecay = weightDecay
        self.seed = seed
        self.evaluationCount = evaluationCount
        self.evaluationInterval = evaluationInterval ?? max(1, steps / 128)
        // What both kinds of training ask for is checked in one place.
        _ = try TrainingSettings(
            task: task, stages: [stage], batchSize: batchSize, optimizer: optimizer, weightDecay: weightDecay,
            evaluationCount: evaluationCount, evaluationInterval: self.evaluationInterval)
    }

    /// Trains from the start to the end.
    ///
    /// - Parameters:
    ///   - threadCount: all available threads if not given; the result does not depend on it.
    ///   - report: gets each measurement; `recovery` and `largestShare` are nil.
    /// - Throws: `diverged`, `setting`, `threads`, `CancellationError`, and whatever `report` throws.
    public func run(
        threadCount: Int? = nil, report: (TrainingMetrics) throws -> Void = { _ in }
    ) throws -> StandardTransformer {
        let workspace = try LaboratoryWorkspace(threadCount: threadCount)
        var transformer = try StandardTransformer(
            vocabulary: task.vocabulary, length: task.visible.count, layerCount: layerCount, seed: seed)
        let evaluation = try task.sample(
            evaluationCount, key: BatchKey(seed: seed, purpose: .evaluation), in: workspace)
        let (visible, bayesLoss) = (evaluation.visible, evaluation.loss(of: .bayes))
        let memory = TaskMemory(task)
        var state = OptimizerState(optimizer, parameterCount: transformer.parameters.count)
        var gradient = [Float](repeating: 0, count: transformer.parameters.count)
        var trainingLoss: Double?
        func measure(_ step: Int) throws -> TrainingMetrics {
            TrainingMetrics(
                step: step, stage: 0, learningRate: step < stage.steps ? stage.rate(at: step) : 0,
                trainingLoss: trainingLoss, loss: try transformer.loss(on: visible, in: workspace),
                bayesLoss: bayesLoss, recovery: nil, largestShare: nil)
        }
        for step in 0..<stage.steps {
            try Task.checkCancellation()
            if step % evaluationInterval == 0 { try report(measure(step)) }
            let losses = transformer.learn(
                .fresh(memory, BatchKey(seed: seed, batch: step), count: batchSize), gradient: &gradient,
                in: workspace)
            let loss = DisentangledTransformer.mean(losses, batchSize)
            let isWhole = state.move(
                &transformer.parameters, along: gradient, by: optimizer, rate: Float(stage.rate(at: step)),
                weightDecay: Float(weightDecay), step: step, ranges: [0..<gradient.count])
            guard loss.isFinite, isWhole else {
                throw LaboratoryError.diverged(step: step, lastGoodCheckpoint: nil)
            }
            trainingLoss = loss
        }
        try report(measure(stage.steps))
        return transformer
    }
}
