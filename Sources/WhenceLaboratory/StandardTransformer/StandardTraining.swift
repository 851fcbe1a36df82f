/// Training of a standard transformer: the settings of the paper's Figure 8 unless told otherwise.
public struct StandardTraining: ExperimentSettings {
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
        try check()
    }

    /// Steps of the whole run.
    public var stepCount: Int { stage.steps }

    func check() throws(LaboratoryError) {
        try check([stage], optimizer, weightDecay: weightDecay, parameterCount: parameterCount)
    }

    /// Numbers that are learnt.
    ///
    /// - Throws: `setting` for sizes that are out of range or together too large.
    var parameterCount: Int {
        get throws(LaboratoryError) {
            try StandardTransformer.parameterCount(
                vocabulary: task.vocabulary, length: task.visible.count, layerCount: layerCount)
        }
    }

    /// The transformer that training starts from.
    func start() throws(LaboratoryError) -> StandardTransformer {
        try StandardTransformer(
            vocabulary: task.vocabulary, length: task.visible.count, layerCount: layerCount, seed: seed)
    }
}
