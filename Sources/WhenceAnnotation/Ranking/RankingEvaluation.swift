internal import Foundation
public import WhenceExplanation
internal import WhenceInference
internal import WhenceLoader

/// Measures a recommender and three baselines by leave-one-out over all items.
///
/// Every item of the catalogue that is not in the history is a candidate; none is sampled. The baselines — most
/// popular, first-order Markov, item-kNN — learn from the same histories that the questions leave.
/// - Note: Krichene and Rendle 2020, *On sampled metrics for item recommendation*, KDD, on why no candidates are
///   sampled.
public struct RankingEvaluation: Sendable {
    /// Which item of the histories is to be found.
    public var split = RankingTask.Split.test
    /// k of HR@k and NDCG@k.
    public var cutOff = 10
    /// Neighbours of item-kNN; `nil` to take what finds most on the validation split, or 100 without one.
    public var neighbours: Int?
    /// Shrinkage of item-kNN; `nil` to take what finds most on the validation split, or 0 without one.
    public var shrinkage: Double?
    /// Bootstrap samples.
    public var samples = 2000
    /// Seed of the bootstrap.
    public var seed: UInt64 = 0

    /// How far an evaluation has come.
    public enum Progress: Sendable {
        /// Questions that the model has answered, and how many there are.
        case model(done: Int, of: Int)
        /// Settings of item-kNN that are tried, and how many there are.
        case tuning(done: Int, of: Int)
        /// The baselines are being measured.
        case baselines
        /// The samples are being drawn.
        case bootstrap
    }

    /// Makes an evaluation with the defaults.
    public init() {}

    /// Measures a recommender.
    ///
    /// - Parameters:
    ///   - recommender: the model.
    ///   - dataset: the histories, with the ids of the model's catalogue.
    ///   - threads: cores that the model may use; `nil` for all.
    /// - Throws: `AnnotationError.format` without a user to ask about; errors of the model; `CancellationError`.
    public func report(
        _ recommender: Recommender, on dataset: InteractionDataset, threads: Int? = nil,
        progress: (Progress) -> Void = { _ in }
    ) throws -> RankingReport {
        let catalogue = recommender.catalogue
        let indices = dataset.items.map { catalogue.index(ofID: $0.id) }
        let task = try RankingTask(
            dataset, itemCount: catalogue.items.count, indices: indices, split: split)
        let placements = try Self.placements(recommender, task, threads: threads, progress)
        var report = try report(
            task, validation: { try? RankingTask(dataset, catalogue: catalogue, split: .validation) },
            model: placements, progress)
        report.cutHistories = task.questions.count { $0.history.count > recommender.historyLimit }
        report.differentTitles = zip(dataset.items, indices).count { item, index in
            guard let title = item.title, let index else { return false }
            let known = catalogue.items[index]
            return known.title != known.id && !Self.isSame(known.title, title)
        }
        return report
    }

    /// Measures the baselines alone, with the items of the data set as candidates.
    ///
    /// - Throws: as `report(_:on:threads:progress:)`.
    public func baselines(
        on dataset: InteractionDataset, progress: (Progress) -> Void = { _ in }
    ) throws -> RankingReport {
        let indices = dataset.items.indices.map { Optional($0) }
        func task(_ split: RankingTask.Split) throws -> RankingTask {
            try RankingTask(dataset, itemCount: indices.count, indices: indices, split: split)
        }
        return try report(task(split), validation: { try? task(.validation) }, model: nil, progress)
    }

    /// Whether two titles are the same but for blanks around them.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        first.trimmingCharacters(in: .whitespaces) == second.trimmingCharacters(in: .whitespaces)
    }

    private func report(
        _ task: RankingTask, validation: () -> RankingTask?, model: [Placement]?,
        _ progress: (Progress) -> Void
    ) throws -> RankingReport {
        let setting = try setting({ task.split == .validation ? task : validation() }, progress)
        progress(.baselines)
        var names = model == nil ? [] : ["model"]
        names += ["most-popular", "markov", "item-knn"]
        var placements = model.map { [$0] } ?? []
        placements.append(try PopularityBaseline(task).placements(task))
        placements.append(try MarkovBaseline(task).placements(task))
        placements.append(try NeighbourBaseline(task, setting).placements(task))

        let values = RankValues(cutOff: cutOff, itemCount: task.itemCount)
        let measures = placements.map { $0.map(values.measure) }
        progress(.bootstrap)
        let bootstrap = try RankingBootstrap(measures, samples: samples, seed: seed)
        let means = measures.map(RankingMeasures.mean)
        func estimate(_ row: Int, _ measure: KeyPath<RankingMeasures, Double>) -> RankingReport.Estimate {
            .init(value: means[row][keyPath: measure], interval: bootstrap.interval(row, measure))
        }
        let rows = names.indices.map { row in
            let isNeighbours = row == names.count - 1
            return RankingReport.Row(
                name: names[row], hitRate: estimate(row, \.hitRate), ndcg: estimate(row, \.discountedGain),
                mrr: estimate(row, \.reciprocalRank), tiedTargets: placements[row].count { $0.tied > 0 },
                neighbours: isNeighbours ? setting.neighbours : nil,
                shrinkage: isNeighbours ? setting.shrinkage : nil)
        }
        func ahead(_ name: String, _ measure: KeyPath<RankingMeasures, Double>) -> RankingReport.Difference {
            var best = 1
            for row in 2..<names.count where means[row][keyPath: measure] > means[best][keyPath: measure] {
                best = row
            }
            return .init(
                measure: name, baseline: names[best],
                difference: .init(
                    value: means[0][keyPath: measure] - means[best][keyPath: measure],
                    interval: bootstrap.interval(0, minus: best, measure)))
        }
        return RankingReport(
            split: split, k: cutOff, items: task.itemCount, users: task.questions.count,
            shortHistories: task.shortHistories, unknownTargets: task.unknownTargets,
            repeatedTargets: task.repeatedTargets, unknownInteractions: task.unknownInteractions,
            cutHistories: 0, differentTitles: 0, recommenders: rows,
            ahead: model == nil
                ? []
                : [
                    ahead("hitRate", \.hitRate), ahead("ndcg", \.discountedGain),
                    ahead("mrr", \.reciprocalRank),
                ],
            samples: samples, seed: seed)
    }

    /// The setting of item-kNN: what is given, and for the rest what finds most on the validation split.
    private func setting(
        _ validation: () -> RankingTask?, _ progress: (Progress) -> Void
    ) throws -> NeighbourBaseline.Setting {
        guard neighbours == nil || shrinkage == nil, let validation = validation() else {
            // All is given, or no history is long enough to tune on.
            return .init(neighbours: neighbours ?? 100, shrinkage: shrinkage ?? 0)
        }
        return try NeighbourTuning.best(
            validation, neighbours: neighbours, shrinkage: shrinkage, cutOff: cutOff
        ) { progress(.tuning(done: $0, of: $1)) }
    }

    /// Where the model puts the items to be found.
    private static func placements(
        _ recommender: Recommender, _ task: RankingTask, threads: Int?, _ progress: (Progress) -> Void
    ) throws -> [Placement] {
        let workspace = try Workspace(threads: threads)
        var isExcluded = Array(repeating: false, count: task.itemCount)
        var placements: [Placement] = []
        let batch = 128
        for start in stride(from: 0, to: task.questions.count, by: batch) {
            try Task.checkCancellation()
            let questions = task.questions[start..<min(start + batch, task.questions.count)]
            let histories = questions.map { $0.history.map { HistorySlot.item($0) } }
            for (question, scores) in zip(questions, try recommender.scores(histories, in: workspace)) {
                for item in question.history { isExcluded[item] = true }
                placements.append(Placement(of: question.target, in: scores, excluding: isExcluded))
                for item in question.history { isExcluded[item] = false }
            }
            progress(.model(done: start + questions.count, of: task.questions.count))
        }
        return placements
    }
}
