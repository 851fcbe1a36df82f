import ArgumentParser
import Foundation
import Whence

struct EvaluateRankingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ranking",
        abstract: "Measures how well a recommender finds the next item, beside three baselines.",
        discussion: """
            Examples:
              whence evaluate ranking --dataset ml-100k
              whence evaluate ranking --model my-bert4rec --dataset ml-1m --k 20 --format json -o ranking.json
              whence evaluate ranking --model my-sasrec --dataset ml.inter --split validation
              whence evaluate ranking --baselines-only --dataset ml-latest-small

            Leave-one-out: the last item of every history is to be found behind all before it (--split validation: \
            the last but one, the last being taken away first). All items of the model's catalogue that are not in \
            the history are ranked; none is sampled. Items with equal scores are in no order: each measure is its \
            mean over all orders of the ties.

            Most popular, first-order Markov (what followed the last item most often; popularity decides between \
            equal counts) and item-kNN (sum of cosines) learn from the histories without the items to be found. \
            item-kNN takes the neighbours and the shrinkage that find most on the validation split, unless they are \
            given. Intervals are 95 % percentiles of samples of users drawn with --seed.
            """
    )

    @OptionGroup var options: RecommenderStudyOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Length of the list of HR@k and NDCG@k.", valueName: "k"))
    var k = 10

    @Option(name: .long, help: "Which item is to be found: test (the last) or validation (the last but one).")
    var split = RankingTask.Split.test

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Neighbours of item-kNN (default: tuned).", valueName: "n"))
    var neighbours: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Shrinkage of item-kNN (default: tuned).", valueName: "x"))
    var shrinkage: Double?

    @Flag(name: .long, help: "Measure the baselines alone, over the items of the data set.")
    var baselinesOnly = false

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("Bootstrap samples.", valueName: "n"))
    var samples = RankingEvaluation().samples

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Seed of the bootstrap.", valueName: "n"))
    var seed = RankingEvaluation().seed

    func validate() throws {
        for (name, value) in [("k", k), ("neighbours", neighbours ?? 1)] where value < 1 {
            throw ValidationError("--\(name) has to be 1 or more.")
        }
        try BootstrapSamples.validate(samples, of: "--samples")
        if let shrinkage, shrinkage < 0 || !shrinkage.isFinite {
            throw ValidationError("--shrinkage has to be 0 or more.")
        }
        if baselinesOnly, options.model.model != nil {
            throw ValidationError("--baselines-only measures no model; leave --model out.")
        }
    }

    func run() async throws {
        try options.output.check()
        var evaluation = RankingEvaluation()
        evaluation.split = split
        evaluation.cutOff = k
        evaluation.neighbours = neighbours
        evaluation.shrinkage = shrinkage
        evaluation.samples = samples
        evaluation.seed = seed
        let recommender = baselinesOnly ? nil : try await options.model.recommender()
        let data = try options.data()
        let clock = ContinuousClock()
        let start = clock.now
        let report = try measure(recommender, data, evaluation)
        let seconds = start.duration(to: clock.now) / .seconds(1)
        let title = (recommender.map { "\($0.identity.name) on " } ?? "") + data.path
        try options.write(
            Document(model: recommender?.identity, dataset: data.path, report: report, seconds: seconds),
            text: RankingTable(title: title, report: report, seconds: seconds).text)
    }

    private func measure(
        _ recommender: Recommender?, _ data: InteractionDataset, _ evaluation: RankingEvaluation
    ) throws -> RankingReport {
        let line = ProgressLine(isShown: !options.model.quiet)
        defer { line.clear() }
        guard let recommender else {
            return try evaluation.baselines(on: data) { line.show(Self.sentence($0)) }
        }
        return try evaluation.report(recommender, on: data, threads: options.model.threads) {
            line.show(Self.sentence($0))
        }
    }

    private static func sentence(_ progress: RankingEvaluation.Progress) -> String {
        switch progress {
        case .model(let done, let all): "\(done) of \(all.counted("user")) ranked by the model"
        case .tuning(let done, let all): "item-kNN: \(done) of \(all.counted("setting")) tried"
        case .baselines: "measuring the baselines"
        case .bootstrap: "drawing samples of users"
        }
    }

    /// The JSON document `whence.ranking/1`.
    private struct Document: Encodable {
        var schema = "whence.ranking/1"
        var model: ModelIdentity?
        var dataset: String
        var report: RankingReport
        var seconds: Double
    }
}
