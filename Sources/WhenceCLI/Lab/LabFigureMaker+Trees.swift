import Whence

extension LabFigureMaker {
    mutating func learntTrees() async throws -> LabFigure {
        var rows: [[FigurePanel]] = []
        var measurements: [LabFigure.Measurement] = []
        for experiment in [LabExperiment.chain, .pairs, .randomTree] {
            let outcome = try await outcome(experiment)
            rows.append([
                .heatMap(
                    .graph(
                        outcome.settings.task.graphs[0], title: "Latent graph: \(experiment.name)", cell: 11)),
                .heatMap(
                    .attention(
                        outcome.transformer.positionAttention(head: 0), title: "Learnt attention of layer 1",
                        cell: 11)),
            ])
            measurements += Self.losses(
                experiment.name, outcome, bayes: experiment == .chain ? .chainBayes : nil)
            measurements += Self.recovery(experiment.name, outcome)
        }
        let settings = try await outcome(.chain).settings
        return LabFigure(
            number: 2,
            account: """
                Left: which earlier position each position's token is drawn from, given that position's token. Right: \
                where the first layer of a trained transformer looks from each position. The transformer was told \
                nothing of the graph: it had to predict the token after the last. Where training succeeded, rows of \
                positions with a parent have a single dark cell, the parent's; positions without one stay even.
                """,
            drawing: LaboratoryFigure(
                title: "Latent trees, and where layer 1 looks after training",
                subtitle: Self.subtitle(settings), rows: rows),
            measurements: measurements, settings: Self.settings(settings))
    }

    mutating func chainMatrices() async throws -> LabFigure {
        let outcome = try await outcome(.chain)
        let shape = outcome.settings.shape
        return LabFigure(
            number: 6,
            account: """
                Everything that the transformer of the chain in Figure 2 has learnt. In layer 1, the positions' part \
                looks one position back. In layer 2, the rows of the last token and the columns of the tokens that \
                layer 1 copied form a diagonal: the last token is compared with the token before each position, an \
                induction head. The output matrix reads the tokens that layer 2 found. Thin lines part tokens from positions within a block of the stream. Below, the loss over training.
                """,
            drawing: LaboratoryFigure(
                title: "The matrices of a transformer trained on the chain",
                subtitle: Self.subtitle(outcome.settings),
                rows: [
                    [
                        .heatMap(shape.heatMap(outcome.transformer, layer: 0, head: 0, cell: 8)),
                        .heatMap(shape.heatMap(outcome.transformer, layer: 1, head: 0, cell: 5)),
                    ],
                    [.heatMap(shape.outputHeatMap(outcome.transformer, cell: 6))],
                    [
                        .linePlot(
                            .losses(
                                outcome.measurements,
                                references: [("Bayes predictor", outcome.last.bayesLoss)]))
                    ],
                ]),
            measurements: Self.losses("chain", outcome, bayes: .chainBayes),
            settings: Self.settings(outcome.settings))
    }
}
