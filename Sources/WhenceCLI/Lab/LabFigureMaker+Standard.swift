import Whence

extension LabFigureMaker {
    /// A transformer as they are used, on the chain.
    mutating func standardTransformer() async throws -> LabFigure {
        let task = try InContextTask(vocabulary: 10, graph: .chain(length: 20))
        let training = try StandardTraining(task: task, steps: steps ?? 1 << 12, seed: seed)
        var run = LabTraining<StandardTrainer>(start: .settings(training), threads: threads)
        run.label = "standard transformer: "
        let outcome = try await run.run(progress: progress)
        let (transformer, last) = (outcome.transformer, outcome.last)
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        let sample = try task.sample(
            1024, key: BatchKey(seed: seed, purpose: .evaluation), in: workspace)
        let attention = try transformer.firstLayerAttention(on: sample.visible)
        let weights = task.graphs[0].edges.map { Double(attention[$0.child, $0.parent]) }
        return LabFigure(
            number: 8,
            account: """
                A transformer as they are used, with learnt embeddings, value matrices and a network after each \
                attention, all added to one stream. Its first layer's attention, averaged over sequences, is held \
                against the latent graph: does the simpler transformer of the theory tell the truth about this one?
                """,
            drawing: LaboratoryFigure(
                title: "A transformer with value matrices and MLPs, trained on the chain",
                subtitle:
                    "AdamW, \(training.stage.steps.counted("step")) of \(training.batchSize.counted("sequence")), seed \(seed)",
                rows: [
                    [
                        .heatMap(.graph(task.graphs[0], title: "Latent graph: chain", cell: 11)),
                        .heatMap(.attention(attention, title: "Mean attention of layer 1", cell: 11)),
                    ],
                    [
                        .linePlot(
                            .losses(outcome.measurements, references: [("Bayes predictor", last.bayesLoss)]))
                    ],
                ]),
            measurements: [
                .init(name: "standard: loss", measured: last.loss),
                .init(name: "standard: Bayes loss", measured: last.bayesLoss, reference: .chainBayes),
                .init(
                    name: "standard: weight on true parents",
                    measured: weights.reduce(0, +) / Double(weights.count)),
            ],
            settings: Self.settings(
                task: task,
                layers:
                    "\(training.layerCount.counted("layer")) of one head, with value matrices and networks",
                stage: training.stage, batchSize: training.batchSize, optimizer: training.optimizer,
                weightDecay: training.weightDecay, seed: seed))
    }
}
