/// What every training run follows from, whatever it trains.
public protocol ExperimentSettings: Codable, Hashable, Sendable {
    /// What sequences are drawn from, anew for every step.
    var task: InContextTask { get }
    /// Steps of the whole run.
    var stepCount: Int { get }
    /// Sequences of a step.
    var batchSize: Int { get }
    /// How a gradient becomes a step.
    var optimizer: Optimizer { get }
    /// What parameters are pulled towards 0 with.
    var weightDecay: Double { get }
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
    ///
    /// - Throws: `LaboratoryError`, `CancellationError`.
    func evaluation(in workspace: LaboratoryWorkspace, kept: inout EvaluationBatch?) throws -> EvaluationBatch
    {
        if let kept { return kept }
        let sample = try task.sample(
            evaluationCount, key: BatchKey(seed: seed, purpose: .evaluation), in: workspace)
        let made = EvaluationBatch(batch: sample.visible, bayesLoss: try sample.loss(of: .bayes))
        kept = made
        return made
    }

    /// Throws what is wrong with settings that every run has.
    func check(
        _ stages: [TrainingStage], _ optimizer: Optimizer, weightDecay: Double, parameterCount: Int
    ) throws(LaboratoryError) {
        func require(_ holds: Bool, _ name: String, _ value: some Any, _ expected: String)
            throws(LaboratoryError)
        {
            guard holds else { throw .setting(name: name, value: "\(value)", expected: expected) }
        }
        try require(!stages.isEmpty, "the number of stages", 0, "1 or more")
        for stage in stages {
            try require((1...1 << 30).contains(stage.steps), "the steps", stage.steps, "1 to 2^30")
            try require(
                LaboratoryLimits.rates.contains(stage.learningRate), "the learning rate",
                stage.learningRate, "a positive number from 1e-38 to 3e38")
        }
        try require(
            (1...LaboratoryLimits.batch).contains(batchSize), "the batch size", batchSize,
            "1 to \(LaboratoryLimits.batch) sequences")
        // Every 64 sequences have a gradient of their own.
        try require(
            (batchSize + 63) / 64 * parameterCount <= LaboratoryLimits.workspace, "the batch size",
            batchSize, "a smaller one for a transformer of \(parameterCount) parameters")
        try require(
            (0...LaboratoryLimits.rates.upperBound).contains(weightDecay), "the weight decay", weightDecay,
            "a number from 0 to 3e38")
        try require(
            (1...LaboratoryLimits.batch).contains(evaluationCount), "the sequences to measure the loss on",
            evaluationCount, "1 to \(LaboratoryLimits.batch)")
        try require(
            evaluationInterval >= 1, "the steps between measurements", evaluationInterval, "1 or more")
        if case .adamW(let first, let second, let epsilon) = optimizer {
            try require(
                (0..<1).contains(first) && (0..<1).contains(second) && epsilon >= 0 && epsilon.isFinite,
                "the settings of AdamW", "\(first), \(second), \(epsilon)",
                "two numbers from 0 to below 1, and one that is not negative")
        }
    }
}
