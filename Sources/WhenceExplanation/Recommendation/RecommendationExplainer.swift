public import WhenceInference
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
    /// The settings in force: samples and replacement are those of the model.
    public let settings: ExplanationSettings
    private let replacement: HistoryReplacement
    private let wording: RecommendationWording
    private let threads: Int?

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
        try settings.check(
            passesBefore: RecommendationExplanation.passesBeforeSearch,
            headCount: recommender.model.configuration.headCount)
        self.recommender = recommender
        self.threads = threads
        replacement = try HistoryReplacement(settings.replacement, choices: recommender.replacementChoices)
        var resolved = settings
        resolved.samples = settings.samples ?? recommender.model.configuration.hiddenSize
        resolved.replacement = replacement.choice
        resolved.nodes = .items
        resolved.skipPunctuation = false
        self.settings = resolved
        wording = RecommendationWording(catalogue: recommender.catalogue, topItems: settings.topItems)
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
        let clock = SharedClock(count: 1, limit: settings.timeLimit)
        let question = RecommendationQuestion(history, user: user, unknownItems: unknownItems)
        return try await explain([question], clock: clock, in: Workspace(threads: threads), progress)[0].get()
    }

    /// Explains the recommendations after several histories together: what they ask of the model shares its batches.
    ///
    /// Every explanation is the same as that of its history alone, apart from the time. A time limit is one for each
    /// history: it is charged the work done for it alone, and of work done for several its part by tokens.
    ///
    /// - Parameters:
    ///   - questions: the histories; not many more than fill a batch, as what the deepest layer saw of all of them is
    ///     kept until the end.
    ///   - workspace: memory to use again, and the number of threads of products; made for the call if not given.
    /// - Returns: one result a history, in their order: the explanation, or the error that is about the history.
    /// - Throws: `CancellationError`, and errors that are about no history.
    public func explainAll(
        _ questions: [RecommendationQuestion], in workspace: Workspace? = nil
    ) async throws -> [Result<RecommendationExplanation, any Error>] {
        let clock = SharedClock(count: questions.count, limit: settings.timeLimit)
        return try await explain(
            questions, clock: clock, in: try workspace ?? Workspace(threads: threads)
        ) { _ in }
    }

    /// Recommends after several histories together, without graphs and without a search.
    ///
    /// - Parameters: as of ``explainAll(_:in:)``.
    /// - Returns: one result a history, in their order: an explanation that holds no graph and no second pass and
    ///   tested no set, or the error that is about the history.
    /// - Throws: `CancellationError`, and errors that are about no history.
    public func predictAll(
        _ questions: [RecommendationQuestion], in workspace: Workspace? = nil
    ) throws -> [Result<RecommendationExplanation, any Error>] {
        var clock = SharedClock(count: questions.count, limit: nil)
        let queries = try RecommendationQuery.all(
            recommender, histories: questions.map(\.history),
            in: try workspace ?? Workspace(threads: threads))
        clock.charge(questions.enumerated().map { ($0, $1.history.count + 1) })
        return zip(questions, queries).enumerated().map { index, both in
            both.1.map { query in
                RecommendationExplanation(
                    model: recommender.identity, settings: settings,
                    input: wording.input(both.0, query: query.input, abduction: []),
                    prediction: wording.recommendation(query.ranking), graphs: [], explanations: [],
                    status: Finding<RecommendationChange>(milliseconds: clock.milliseconds(index))
                        .status(passesBefore: 1))
            }
        }
    }

    private func explain(
        _ questions: [RecommendationQuestion], clock start: SharedClock, in workspace: Workspace,
        _ progress: (ExplanationProgress) -> Void
    ) async throws -> [Result<RecommendationExplanation, any Error>] {
        var clock = start
        let run = ExplanationRun(
            settings: settings, model: recommender.model, threads: threads,
            passesBefore: RecommendationExplanation.passesBeforeSearch)
        let sessions = try RecommendationSession.all(
            recommender, histories: questions.map(\.history), replacement: replacement, in: workspace)
        clock.charge(questions.enumerated().map { ($0, $1.history.count + 1) })
        let subjects = sessions.map { session in
            session.map { session in
                RecommendationSubject(session: session) { [wording] in
                    wording.change(from: session.before, to: $0)
                }
            }
        }
        let findings = try await run.explain(subjects, clock: &clock, in: workspace, progress)
        return questions.indices.map { index in
            sessions[index].flatMap { session in
                findings[index].map { explanation(of: questions[index], session, $0) }
            }
        }
    }

    private func explanation(
        of question: RecommendationQuestion, _ session: RecommendationSession,
        _ finding: Finding<RecommendationChange>
    ) -> RecommendationExplanation {
        RecommendationExplanation(
            model: recommender.identity, settings: settings,
            input: wording.input(question, query: session.query, abduction: session.abduction.ids),
            prediction: wording.recommendation(session.before), graphs: finding.graphs,
            explanations: finding.report.found.map { found in
                ItemExplanation(
                    found.candidate, query: recommender.query(session.replacing(found.candidate.nodes)),
                    found.outcome, session.layout)
            }.sorted { $0.precedes($1) },
            status: finding.status(passesBefore: RecommendationExplanation.passesBeforeSearch))
    }
}

extension ItemExplanation {
    fileprivate init(
        _ candidate: CandidateSet, query: RecommenderInput, _ change: RecommendationChange,
        _ layout: NodeLayout
    ) {
        self.init(
            nodes: candidate.nodes, tokens: layout.tokens(of: candidate.nodes),
            items: layout.parts(of: candidate.nodes), size: candidate.nodes.count,
            distance: candidate.distance, heads: candidate.heads, query: query.ids,
            queryTarget: query.target, outcome: change.outcome, replacement: change.replacement,
            original: change.original)
    }

    /// Smaller sets first, then nearer ones, then those that put the new item further ahead, then by nodes.
    fileprivate func precedes(_ other: ItemExplanation) -> Bool {
        if size != other.size { return size < other.size }
        let distances = (distance ?? .max, other.distance ?? .max)
        if distances.0 != distances.1 { return distances.0 < distances.1 }
        if margin != other.margin { return margin > other.margin }
        return nodes.lexicographicallyPrecedes(other.nodes)
    }
}
