/// Everything that a training run follows from: the same settings give the same parameters, to the byte, on any number
/// of threads of a machine.
public struct TrainingSettings: ExperimentSettings {
    /// What sequences are drawn from, anew for every step.
    public var task: InContextTask
    /// The transformer.
    public var shape: DisentangledShape
    /// The stages, one after the other.
    public var stages: [TrainingStage]
    /// Sequences of a step.
    public var batchSize: Int
    /// How a gradient becomes a step.
    public var optimizer: Optimizer
    /// What parameters are pulled towards 0 with.
    public var weightDecay: Double
    /// Where training starts.
    public var start: ParameterStart
    /// What chance follows from.
    public var seed: UInt64
    /// Sequences, never trained on, over which the loss is measured.
    public var evaluationCount: Int
    /// Steps from one measurement to the next.
    public var evaluationInterval: Int

    /// Makes settings; the defaults are those of the paper's experiments with a single parent.
    ///
    /// - Parameters:
    ///   - stages: if not given, one stage of `steps` steps at `learningRate` with `schedule` that learns everything.
    ///   - evaluationInterval: if not given, a 128th of all steps, as in the paper's code.
    /// - Throws: `setting` for whatever is out of range.
    public init(
        task: InContextTask, shape: DisentangledShape? = nil, steps: Int = 1 << 14, learningRate: Double = 1,
        schedule: LearningRateSchedule = .cosine, stages: [TrainingStage]? = nil, batchSize: Int = 1024,
        optimizer: Optimizer = .gradientDescent, weightDecay: Double = 0, start: ParameterStart = .zero,
        seed: UInt64 = 0, evaluationCount: Int = 4096, evaluationInterval: Int? = nil
    ) throws(LaboratoryError) {
        self.task = task
        if let shape {
            self.shape = shape
        } else {
            self.shape = try DisentangledShape(for: task, heads: [1, 1])
        }
        self.stages =
            stages ?? [TrainingStage(steps: steps, learningRate: learningRate, schedule: schedule)]
        self.batchSize = batchSize
        self.optimizer = optimizer
        self.weightDecay = weightDecay
        self.start = start
        self.seed = seed
        self.evaluationCount = evaluationCount
        let all = self.stages.reduce(0) { $0 &+ $1.steps }
        self.evaluationInterval = evaluationInterval ?? max(1, all / 128)
        try check()
    }

    /// Steps of all stages.
    public var stepCount: Int { stages.reduce(0) { $0 + $1.steps } }

    /// The stage of a step, and the step's number within it.
    func stage(at step: Int) -> (stage: TrainingStage, number: Int, step: Int)? {
        var first = 0
        for (number, stage) in stages.enumerated() {
            if step < first + stage.steps { return (stage, number, step - first) }
            first += stage.steps
        }
        return nil
    }

    func check() throws(LaboratoryError) {
        guard shape.vocabulary == task.vocabulary, shape.length == task.visible.count else {
            throw .setting(
                name: "the transformer's vocabulary and length",
                value: "\(shape.vocabulary) and \(shape.length)",
                expected: "those that the task shows, \(task.vocabulary) and \(task.visible.count)")
        }
        try check(stages, optimizer, weightDecay: weightDecay, parameterCount: shape.parameterCount)
        for region in stages.flatMap({ $0.regions ?? [] }) { _ = try region.ranges(in: shape) }
        try start.check(shape)
    }
}
