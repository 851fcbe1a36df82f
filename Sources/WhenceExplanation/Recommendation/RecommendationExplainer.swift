internal import WhenceInference
internal import WhenceLoader
internal import WhenceTensor

/// Explains what a recommender recommends after one history: the causal graph of that very session, and the smallest
/// parts of the history without which something else would have been recommended, with what that something is.
///
/// ```swift
/// let recommender = try await Recommender(ModelFolder(at: "models/movies"))
/// let explanation = try await RecommendationExplainer(recommender).explain([49, 171, 180])
/// ```
///
/// The recommended item takes its place behind the history and the model runs again (*abduction*): the attention of
/// that second pass is what the graph is learnt from.
///
/// Source: Rohekar, Gurwicz, Nisimov 2023, §5 (*CLEANN*), <https://arxiv.org/abs/2310.20307>; Nisimov, Rohekar,
/// Gurwicz, Koren, Novik, *CLEAR: Causal Explanations from Attention in Neural Recommenders*, 2022,
/// <https://arxiv.org/abs/2210.10621>.
public struct RecommendationExplainer: Sendable {
    private let recommender: Recommender
    private let settings: ExplanationSettings
    private let replacement: HistoryReplacement
    private let threads: Int?

    /// Another recommendation, as far as it is told: rankings of large catalogues are not kept.
    private struct Change {
        var outcome: Recommendation
        var replacement: ItemShift
        var original: ItemShift
    }

    /// Makes an explainer.
    ///
    /// - Parameters:
    ///   - recommender: the model to explain.
    ///   - settings: every choice; the defaults are documented there. Nodes are items, whatever is said there.
    ///   - threads: cores to use; `nil` for all. Explanations do not depend on it.
    /// - Throws: `ExplanationError` if the settings do not fit the model.
    public init(
        _ recommender: Recommender, settings: ExplanationSettings = ExplanationSettings(),
        threads: Int? = nil
    ) throws(ExplanationError) {
        try settings.check(passesBefore: RecommendationExplanation.passesBeforeSearch)
        self.recommender = recommender
        self.threads = threads
        replacement = try HistoryReplacement(settings.replacement, choices: recommender.replacementChoices)
        var resolved = settings
        resolved.samples = settings.samples ?? recommender.model.configuration.hiddenSize
        resolved.replacement = replacement.choice
        resolved.nodes = .items
        resolved.skipPunctuation = false
        self.settings = resolved
    }

    /// Explains the recommendation after one history.
    ///
    /// - Parameters:
    ///   - history: items as their indices in the catalogue, the oldest first. An item that stands there twice is two
    ///     nodes. Of a history that is longer than what the model reads the last items are seen;
    ///     `input.unseenCount` tells how many are not.
    ///   - user: whose history it is; told again in the explanation.
    ///   - unknownItems: ids of items that the history had and the catalogue does not have; told again as well.
    ///   - progress: called now and then, from the task that explains.
    /// - Returns: an explanation whose settings are all resolved (samples, replacement, nodes). When no part of the
    ///   history changes the recommendation within the budgets, `explanations` is empty and `status` says how far
    ///   the search got.
    /// - Throws: `ExplanationError.emptyHistory`, `noSuchItem`, `nothingLeft`; `CancellationError`; errors of the
    ///   model.
    public func explain(
        _ history: [Int], user: String? = nil, unknownItems: [String] = [],
        progress: (ExplanationProgress) -> Void = { _ in }
    ) async throws -> RecommendationExplanation {
        let run = ExplanationRun(
            settings: settings, isCausal: recommender.model.configuration.isCausal, threads: threads)
        let session = try RecommendationSession(
            recommender, history: history, replacement: replacement, in: Workspace(threads: threads))
        let (before, layout) = (session.before, session.layout)
        let learnt = try await run.learn(session.trace, layout: layout, progress)
        let report = try run.search(
            learnt, layout: layout, passesBefore: RecommendationExplanation.passesBeforeSearch,
            maximumSetSize: session.maximumSetSize, batchSize: session.batchSize, progress
        ) { sets in
            try session.rankings(replacing: sets.map(\.nodes)).map { change(from: before, to: $0) }
        }
        return RecommendationExplanation(
            model: recommender.identity, settings: settings,
            input: RecommendationInput(
                history: history.enumerated().map { historyItem($1, at: $0) }, user: user,
                unknownItems: unknownItems,
                unseenCount: history.count - session.query.slots.count, query: session.query.ids,
                queryTarget: session.query.target, abduction: session.abduction.ids),
            prediction: recommendation(before), graphs: learnt.map(\.graph),
            explanations: report.found.map { found in
                explanation(
                    found.candidate, query: recommender.query(session.replacing(found.candidate.nodes)),
                    found.outcome,
                    layout)
            }.sorted { $0.precedes($1) },
            status: run.status(report, passesBefore: RecommendationExplanation.passesBeforeSearch))
    }

    /// What another ranking changes; `nil` if the same item is recommended.
    private func change(from before: ItemRanking, to after: ItemRanking) -> Change? {
        let (old, new) = (before.top(1)[0], after.top(1)[0])
        guard old != new else { return nil }
        return Change(
            outcome: recommendation(after), replacement: shift(new, before, after),
            original: shift(old, before, after))
    }

    private func explanation(
        _ candidate: CandidateSet, query: RecommenderInput, _ change: Change, _ layout: NodeLayout
    ) -> ItemExplanation {
        ItemExplanation(
            nodes: candidate.nodes, tokens: layout.tokens(of: candidate.nodes),
            items: layout.parts(of: candidate.nodes), size: candidate.nodes.count,
            distance: candidate.distance, heads: candidate.heads, query: query.ids,
            queryTarget: query.target, outcome: change.outcome, replacement: change.replacement,
            original: change.original)
    }

    private func recommendation(_ ranking: ItemRanking) -> Recommendation {
        let top = ranking.top(settings.topItems).enumerated().map { position, index in
            let item = recommender.catalogue.items[index]
            return RankedItem(
                rank: position + 1, item: item.id, title: item.title, token: item.token,
                score: Double(ranking.scores[index]))
        }
        return Recommendation(best: top[0], top: top, candidateCount: ranking.count)
    }

    private func shift(_ index: Int, _ before: ItemRanking, _ after: ItemRanking) -> ItemShift {
        let item = recommender.catalogue.items[index]
        return ItemShift(
            item: item.id, title: item.title, token: item.token, rankBefore: before.rank(of: index),
            rankAfter: after.rank(of: index), scoreBefore: Double(before.scores[index]),
            scoreAfter: Double(after.scores[index]))
    }

    private func historyItem(_ index: Int, at place: Int) -> RecommendationInput.HistoryItem {
        let item = recommender.catalogue.items[index]
        return RecommendationInput.HistoryItem(
            index: place, item: item.id, title: item.title, token: item.token)
    }
}

extension ItemExplanation {
    /// Smaller sets first, then nearer ones, then those that put the new item further ahead, then by nodes.
    fileprivate func precedes(_ other: ItemExplanation) -> Bool {
        if size != other.size { return size < other.size }
        let distances = (distance ?? .max, other.distance ?? .max)
        if distances.0 != distances.1 { return distances.0 < distances.1 }
        if margin != other.margin { return margin > other.margin }
        return nodes.lexicographicallyPrecedes(other.nodes)
    }
}
