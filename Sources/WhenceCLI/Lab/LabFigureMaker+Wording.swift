import Whence

extension LabFigureMaker {
    /// The loss beside the Bayes predictor's.
    static func losses(
        _ name: String, _ outcome: LabTraining<Trainer>.Outcome, bayes: LabFigure.Reference? = nil,
        loss: LabFigure.Reference? = nil
    ) -> [LabFigure.Measurement] {
        [
            .init(name: "\(name): loss", measured: outcome.last.loss, reference: loss),
            .init(name: "\(name): Bayes loss", measured: outcome.last.bayesLoss, reference: bayes),
        ]
    }

    static func recovery(_ name: String, _ outcome: LabTraining<Trainer>.Outcome) -> [LabFigure.Measurement] {
        guard let recovery = outcome.transformer.recovery(of: outcome.settings.task) else { return [] }
        return [
            .init(name: "\(name): weight on true parents", measured: recovery.meanWeight),
            .init(name: "\(name): share of edges largest", measured: recovery.largestShare),
        ]
    }

    /// What a run follows from, for a page.
    static func settings(_ settings: TrainingSettings) -> [LaboratoryPage.Setting] {
        let heads = settings.shape.heads.map(String.init).joined(separator: " + ")
        return self.settings(
            task: settings.task, layers: "disentangled, heads \(heads)", stage: settings.stages[0],
            batchSize: settings.batchSize, optimizer: settings.optimizer, weightDecay: settings.weightDecay,
            seed: settings.seed)
    }

    static func settings(
        task: InContextTask, layers: String, stage: TrainingStage, batchSize: Int, optimizer: Optimizer,
        weightDecay: Double, seed: UInt64
    ) -> [LaboratoryPage.Setting] {
        let kernels =
            switch task.kernels {
            case .dirichlet(let alpha): "fresh for every sequence, rows from Dirichlet(\(alpha))"
            case .fixed: "the same for every sequence"
            }
        let method = optimizer == .gradientDescent ? "gradient descent" : "AdamW"
        let decay = weightDecay == 0 ? "" : ", weight decay \(weightDecay)"
        return [
            .init(name: "Tokens", value: "\(task.vocabulary)"),
            .init(name: "Positions", value: "\(task.visible.count)"),
            .init(name: "Kernels", value: kernels), .init(name: "Transformer", value: layers),
            .init(
                name: "Training",
                value: "\(method), rate \(stage.learningRate), \(stage.schedule.rawValue)\(decay)"),
            .init(name: "Steps", value: "\(stage.steps), each of \(batchSize) fresh sequences"),
            .init(name: "Seed", value: "\(seed)"),
        ]
    }

    static func subtitle(_ settings: TrainingSettings) -> String {
        "vocabulary \(settings.task.vocabulary), length \(settings.task.length), \(settings.stepCount.counted("step")) of "
            + "\(settings.batchSize.counted("sequence")), seed \(settings.seed)"
    }
}
