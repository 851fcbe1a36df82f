import Foundation
import Whence

extension LabFigureMaker {
    /// Random trees: the weight on the true parent by position, with its deviation over graphs.
    mutating func manyGraphs() async throws -> LabFigure {
        var byPosition: [Int: [Double]] = [:]
        var means: [Double] = []
        var weights: [Double] = []
        var settings: TrainingSettings?
        for number in 0..<LabExperiment.graphCount {
            let outcome = try await outcome(.manyGraphs(number, trees))
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
        // Other trees than the published ones have nothing to be held against but the mean and its deviation.
        let (publishedMajority, publishedCount): (Double?, Double?) =
            trees == .published ? (176, 182) : (nil, nil)
        let against = trees == .published ? "; the paper's code: 176 of 182" : ""
        return LabFigure(
            number: 9,
            account: """
                A transformer was trained on each of \(LabExperiment.graphCount) random trees, in which a position has \
                no parent with probability one half. The line is the weight with which a position's first-layer \
                attention finds its parent, averaged over the trees in which it has one; the band is one standard \
                deviation to either side. The mean and its deviation are over graphs, of each graph's mean over edges. \
                \(Self.wording(trees))
                """,
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
                            "edges above one half: \(majority) of \(weights.count)\(against)",
                        ])
                    ],
                ]),
            measurements: [
                .init(name: "many graphs: mean weight", measured: mean, published: 0.8366),
                .init(name: "many graphs: deviation", measured: deviation, published: 0.0540),
                .init(
                    name: "many graphs: edges above one half", measured: Double(majority),
                    published: publishedMajority),
                .init(name: "many graphs: edges", measured: Double(weights.count), published: publishedCount),
            ], settings: settings.map(Self.settings) ?? [])
    }

    private static func wording(_ trees: LabExperiment.Trees) -> String {
        switch trees {
        case .published:
            "The trees are those of the paper's code; what sequences they are learnt from is chance."
        case .drawn:
            "The trees were drawn from the seed: a mean over other trees differs from the published one by chance."
        }
    }

    /// The mean and the standard deviation, as of a whole population.
    static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        guard !values.isEmpty else { return (0, 0) }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (mean, (squares / Double(values.count)).squareRoot())
    }
}
