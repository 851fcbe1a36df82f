import Whence

extension LabFigureMaker {
    mutating func learntParents() async throws -> LabFigure {
        let outcome = try await outcome(.twoParents)
        let graph = HeatMap.graph(
            outcome.settings.task.graphs[0], title: "Latent graph: two parents", cell: 8)
        let heads = (0..<outcome.settings.shape.heads[0]).map { head in
            FigurePanel.heatMap(
                .attention(
                    outcome.transformer.positionAttention(head: head), title: "Attention of head \(head + 1)",
                    cell: 8))
        }
        return LabFigure(
            number: 5,
            account: """
                Every position but the first two is drawn from two earlier ones. A transformer with two heads in its \
                first layer was trained to predict the position after the last. Where training succeeded, each head \
                has taken one of the two lines of parents.
                """,
            drawing: LaboratoryFigure(
                title: "Two parents, and where two heads of layer 1 look after training",
                subtitle: Self.subtitle(outcome.settings),
                rows: [[.heatMap(graph)] + heads]),
            measurements: Self.losses(
                "two parents", outcome, bayes: .computed(0.875), loss: .paperCode(0.888))
                + Self.recovery("two parents", outcome), settings: Self.settings(outcome.settings))
    }

    mutating func parentMatrices() async throws -> LabFigure {
        let outcome = try await outcome(.twoParents)
        let settings = outcome.settings
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        let sample = try settings.task.sample(
            settings.evaluationCount, key: BatchKey(seed: settings.seed, purpose: .evaluation), in: workspace)
        let lastParent = try sample.loss(of: .lastParent)
        let references = [("Bayes predictor", outcome.last.bayesLoss), ("last parent alone", lastParent)]
        let shape = settings.shape
        return LabFigure(
            number: 7,
            account: """
                The attention matrices behind Figure 5: of both heads of layer 1, and of layer 2, which compares the \
                parents of the predicted position with what each head of layer 1 copied. The loss first falls to that \
                of a predictor that knows the last parent alone, and below it once both heads differ.
                """,
            drawing: LaboratoryFigure(
                title: "The matrices of a transformer trained on two parents",
                subtitle: Self.subtitle(settings),
                rows: [
                    [
                        .heatMap(shape.heatMap(outcome.transformer, layer: 0, head: 0, cell: 6)),
                        .heatMap(shape.heatMap(outcome.transformer, layer: 0, head: 1, cell: 6)),
                    ],
                    [
                        .heatMap(shape.heatMap(outcome.transformer, layer: 1, head: 0, cell: 4)),
                        .linePlot(.losses(outcome.measurements, references: references)),
                    ],
                ]),
            measurements: Self.losses(
                "two parents", outcome, bayes: .computed(0.875), loss: .paperCode(0.888)) + [
                    .init(
                        name: "two parents: last parent alone", measured: lastParent,
                        reference: .computed(1.35))
                ], settings: Self.settings(settings))
    }
}
