import Foundation
import Whence

/// Trains what figures need, each run once, and draws them.
struct LabFigureMaker {
    var seed: UInt64
    var isPaper: Bool
    var steps: Int?
    var threads: Int?
    var progress: ProgressLine
    private var outcomes: [LabExperiment: LabTraining.Outcome] = [:]

    init(seed: UInt64, isPaper: Bool, steps: Int?, threads: Int?, progress: ProgressLine) {
        self.seed = seed
        self.isPaper = isPaper
        self.steps = steps
        self.threads = threads
        self.progress = progress
    }

    /// Figures that can be made.
    static let numbers = [2, 5, 6, 7, 8, 9]

    /// Makes a figure; nil for a number that is none of `numbers`.
    mutating func figure(_ number: Int) async throws -> LabFigure? {
        switch number {
        case 2: try await learntTrees()
        case 5: try await learntParents()
        case 6: try await chainMatrices()
        case 7: try await parentMatrices()
        case 8: try await standardTransformer()
        case 9: try await manyGraphs()
        default: nil
        }
    }

    private mutating func outcome(_ experiment: LabExperiment) async throws -> LabTraining.Outcome {
        if let outcome = outcomes[experiment] { return outcome }
        let settings = try experiment.settings(seed: seed, isPaper: isPaper, steps: steps)
        var run = LabTraining(start: .settings(settings), threads: threads)
        run.label = experiment.name + ": "
        let outcome = try await run.run(progress: progress)
        outcomes[experiment] = outcome
        return outcome
    }

    // MARK: A single parent

    private mutating func learntTrees() async throws -> LabFigure {
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
                experiment.name, outcome, publishedBayes: experiment == .chain ? 1.760 : nil)
            measurements += Self.recovery(experiment.name, outcome)
        }
        return LabFigure(
            number: 2,
            drawing: LaboratoryFigure(
                title: "Latent trees, and where layer 1 looks after training",
                subtitle: Self.subtitle(try await outcome(.chain).settings), rows: rows),
            measurements: measurements)
    }

    private mutating func chainMatrices() async throws -> LabFigure {
        let outcome = try await outcome(.chain)
        let shape = outcome.settings.shape
        return LabFigure(
            number: 6,
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
                ]), measurements: Self.losses("chain", outcome, publishedBayes: 1.760))
    }

    // MARK: Two parents

    private mutating func learntParents() async throws -> LabFigure {
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
            drawing: LaboratoryFigure(
                title: "Two parents, and where two heads of layer 1 look after training",
                subtitle: Self.subtitle(outcome.settings),
                rows: [[.heatMap(graph)] + heads]),
            measurements: Self.losses("two parents", outcome, publishedBayes: 0.875, publishedLoss: 0.888)
                + Self.recovery("two parents", outcome))
    }

    private mutating func parentMatrices() async throws -> LabFigure {
        let outcome = try await outcome(.twoParents)
        let settings = outcome.settings
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        let sample = try settings.task.sample(
            settings.evaluationCount, key: BatchKey(seed: settings.seed, purpose: .evaluation), in: workspace)
        let lastParent = sample.loss(of: .lastParent)
        let references = [("Bayes predictor", outcome.last.bayesLoss), ("last parent alone", lastParent)]
        let shape = settings.shape
        return LabFigure(
            number: 7,
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
            measurements: Self.losses("two parents", outcome, publishedBayes: 0.875, publishedLoss: 0.888) + [
                .init(name: "two parents: last parent alone", measured: lastParent, published: 1.35)
            ])
    }

    // MARK: Wording

    /// The loss beside the Bayes predictor's.
    private static func losses(
        _ name: String, _ outcome: LabTraining.Outcome, publishedBayes: Double? = nil,
        publishedLoss: Double? = nil
    ) -> [LabFigure.Measurement] {
        [
            .init(name: "\(name): loss", measured: outcome.last.loss, published: publishedLoss),
            .init(name: "\(name): Bayes loss", measured: outcome.last.bayesLoss, published: publishedBayes),
        ]
    }

    private static func recovery(_ name: String, _ outcome: LabTraining.Outcome) -> [LabFigure.Measurement] {
        guard let recovery = outcome.transformer.recovery(of: outcome.settings.task) else { return [] }
        return [
            .init(name: "\(name): weight on true parents", measured: recovery.meanWeight),
            .init(name: "\(name): share of edges largest", measured: recovery.largestShare),
        ]
    }

    static func subtitle(_ settings: TrainingSettings) -> String {
        "vocabulary \(settings.task.vocabulary), length \(settings.task.length), \(settings.stepCount) steps of "
            + "\(settings.batchSize) sequences, seed \(settings.seed)"
    }
}

extension LabFigureMaker {
    /// A transformer as they are used, on the chain.
    private mutating func standardTransformer() async throws -> LabFigure {
        let task = try InContextTask(vocabulary: 10, graph: .chain(length: 20))
        let training = try StandardTraining(task: task, steps: steps ?? 1 << 12, seed: seed)
        let (progress, threads) = (progress, threads)
        let work = Task.detached { () throws -> (StandardTransformer, [TrainingMetrics]) in
            var measurements: [TrainingMetrics] = []
            let transformer = try training.run(threadCount: threads) { metrics in
                measurements.append(metrics)
                progress.show("standard transformer: step \(metrics.step) of \(training.stage.steps)")
            }
            return (transformer, measurements)
        }
        let signal = InterruptSignal { work.cancel() }
        defer { withExtendedLifetime(signal) {} }
        let (transformer, measurements) = try await work.value
        let workspace = try LaboratoryWorkspace(threadCount: threads)
        let sample = try task.sample(
            1024, key: BatchKey(seed: seed, purpose: .evaluation), in: workspace)
        let attention = try transformer.firstLayerAttention(on: sample.visible)
        let weights = task.graphs[0].edges.map { Double(attention[$0.child, $0.parent]) }
        let last = measurements[measurements.count - 1]
        return LabFigure(
            number: 8,
            drawing: LaboratoryFigure(
                title: "A transformer with value matrices and MLPs, trained on the chain",
                subtitle:
                    "AdamW, \(training.stage.steps) steps of \(training.batchSize) sequences, seed \(seed)",
                rows: [
                    [
                        .heatMap(.graph(task.graphs[0], title: "Latent graph: chain", cell: 11)),
                        .heatMap(.attention(attention, title: "Mean attention of layer 1", cell: 11)),
                    ],
                    [.linePlot(.losses(measurements, references: [("Bayes predictor", last.bayesLoss)]))],
                ]),
            measurements: [
                .init(name: "standard: loss", measured: last.loss),
                .init(name: "standard: Bayes loss", measured: last.bayesLoss, published: 1.760),
                .init(
                    name: "standard: weight on true parents",
                    measured: weights.reduce(0, +) / Double(weights.count)),
            ])
    }

    /// Random trees: the weight on the true parent by position, with its deviation over graphs.
    private mutating func manyGraphs() async throws -> LabFigure {
        var byPosition: [Int: [Double]] = [:]
        var means: [Double] = []
        var weights: [Double] = []
        var settings: TrainingSettings?
        for number in 0..<LabExperiment.graphCount {
            let outcome = try await outcome(.manyGraphs(number))
            settings = settings ?? outcome.settings
            guard let recovery = outcome.transformer.recovery(of: outcome.settings.task),
                !recovery.edges.isEmpty
            else { continue }
            means.append(recovery.meanWeight)
            for edge in recovery.edges {
                byPosition[edge.child, default: []].append(Double(edge.weight))
                weights.append(Double(edge.weight))
            }
        }
        let points = byPosition.keys.sorted().compactMap { position -> LinePlot.Point? in
            guard let weights = byPosition[position] else { return nil }
            let (mean, deviation) = Self.moments(weights)
            return LinePlot.Point(x: Double(position), y: mean, deviation: deviation)
        }
        let (mean, deviation) = Self.moments(means)
        let majority = weights.count { $0 > 0.5 }
        let whole = [points.first?.x ?? 0, points.last?.x ?? 0].map { LinePlot.Point(x: $0, y: 1) }
        return LabFigure(
            number: 9,
            drawing: LaboratoryFigure(
                title: "Attention to the true parent over \(LabExperiment.graphCount) random trees",
                subtitle: settings.map(Self.subtitle) ?? "",
                rows: [
                    [
                        .linePlot(
                            LinePlot(
                                title: "Weight from a position to its parent", xLabel: "position",
                                yLabel: "attention weight",
                                lines: [
                                    .init(
                                        name: "mean over graphs, with its standard deviation", points: points),
                                    .init(name: "all of the attention", points: whole, isReference: true),
                                ], yRange: 0...1.05))
                    ],
                    [
                        .remarks([
                            String(format: "mean over edges, then graphs: %.4f ± %.4f", mean, deviation)
                                + "; the paper's code: 0.8366 ± 0.0540",
                            "edges above one half: \(majority) of \(weights.count); the paper's code: 176 of 182",
                        ])
                    ],
                ]),
            measurements: [
                .init(name: "many graphs: mean weight", measured: mean, published: 0.8366),
                .init(name: "many graphs: deviation", measured: deviation, published: 0.0540),
                .init(name: "many graphs: edges above one half", measured: Double(majority), published: 176),
                .init(name: "many graphs: edges", measured: Double(weights.count), published: 182),
            ])
    }

    /// The mean and the standard deviation, as of a whole population.
    private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        guard !values.isEmpty else { return (0, 0) }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(values.count)).squareRoot())
    }
}
