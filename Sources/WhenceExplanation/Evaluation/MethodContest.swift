internal import WhenceDiscovery
internal import WhenceInference
internal import WhenceLoader

/// Lets several methods explain the same recommendations, so that what the graph adds can be seen.
///
/// CLEAR claims that sets found on the causal graph are smaller than those ranked by attention, and that what is
/// recommended without them ranked higher before (Nisimov et al. 2022, §4).
public struct MethodContest: Sendable {
    /// The methods, in the order of the outcomes.
    public let methods: [ExplanationMethod]
    private let recommender: Recommender
    private let settings: ExplanationSettings
    private let exhaustiveSetSize: Int
    private let exhaustiveForwardPasses: Int
    private let replacement: HistoryReplacement
    private let threads: Int?

    /// Makes a contest.
    ///
    /// - Parameters:
    ///   - recommender: the model.
    ///   - settings: what all methods have in common: graphs, replacement, the largest set, budgets. The algorithm is
    ///     each method's own.
    ///   - methods: those that take part.
    ///   - exhaustiveSetSize: the largest set of the exhaustive method.
    ///   - exhaustiveForwardPasses: most forward passes of the exhaustive method for one history.
    ///   - threads: cores to use; `nil` for all. Outcomes do not depend on it, but for their times.
    /// - Throws: `ExplanationError` if the settings do not fit the model.
    public init(
        _ recommender: Recommender, settings: ExplanationSettings = ExplanationSettings(),
        methods: [ExplanationMethod] = ExplanationMethod.allCases, exhaustiveSetSize: Int = 3,
        exhaustiveForwardPasses: Int = 20_000, threads: Int? = nil
    ) throws(ExplanationError) {
        try settings.check(
            passesBefore: RecommendationExplanation.passesBeforeSearch,
            headCount: recommender.model.configuration.headCount)
        self.recommender = recommender
        self.methods = methods
        self.exhaustiveSetSize = exhaustiveSetSize
        self.exhaustiveForwardPasses = exhaustiveForwardPasses
        self.threads = threads
        replacement = try HistoryReplacement(settings.replacement, choices: recommender.replacementChoices)
        var resolved = settings
        resolved.samples = settings.samples ?? recommender.model.configuration.hiddenSize
        self.settings = resolved
    }

    /// What every method finds for one history.
    ///
    /// - Parameters:
    ///   - history: items as their indices in the catalogue, the oldest first.
    ///   - seed: what the random graph is drawn with.
    /// - Returns: one outcome a method, in their order.
    /// - Throws: as `RecommendationExplainer.explain`.
    public func run(_ history: [Int], seed: UInt64) async throws -> [MethodOutcome] {
        let clock = ContinuousClock()
        let start = clock.now
        let workspace = try Workspace(threads: threads)
        let session = try RecommendationSession(
            recommender, history: history, replacement: replacement, in: workspace)
        let shared = start.duration(to: clock.now)
        var outcomes: [MethodOutcome] = []
        for method in methods {
            if let algorithm = method.algorithm {
                outcomes.append(try await explain(history, by: algorithm, as: method))
                continue
            }
            let graphs = method == .randomGraph ? try await randomGraphs(session, seed: seed) : []
            let begin = clock.now
            var outcome =
                method == .randomGraph
                ? try search(graphs, session, in: workspace)
                : try attempt(method, candidates(of: method, session, in: workspace), session, in: workspace)
            outcome.milliseconds = (shared + begin.duration(to: clock.now)) / .milliseconds(1)
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// What CLEANN finds.
    private func explain(
        _ history: [Int], by algorithm: DiscoveryAlgorithmName, as method: ExplanationMethod
    ) async throws -> MethodOutcome {
        var settings = settings
        settings.algorithm = algorithm
        let clock = ContinuousClock()
        let begin = clock.now
        let explanation = try await RecommendationExplainer(
            recommender, settings: settings, threads: threads
        ).explain(history)
        let found = explanation.explanations.first
        return MethodOutcome(
            method: method, items: found?.items, replacementRank: found?.replacement.rankBefore,
            isComplete: explanation.status.search != .budget,
            forwardPasses: explanation.status.forwardPasses,
            milliseconds: begin.duration(to: clock.now) / .milliseconds(1))
    }

    // MARK: The random graph

    private func randomGraphs(_ session: RecommendationSession, seed: UInt64) async throws -> [LearntGraph] {
        var settings = settings
        settings.algorithm = .icd
        let learnt = try await run(settings).learn(
            session.trace, layout: session.layout, time: settings.timeLimit.map { .seconds($0) }
        ) { _ in }
        var generator = SplitMix64(seed: seed)
        return learnt.map { $0.scattered(using: &generator) }
    }

    private func search(
        _ graphs: [LearntGraph], _ session: RecommendationSession, in workspace: Workspace
    ) throws -> MethodOutcome {
        let run = run(settings)
        let subject = RecommendationSubject(session: session, judge: session.replacementRank)
        var members = [run.member(subject, number: 0, on: graphs)]
        var clock = SharedClock(count: 1, limit: settings.timeLimit)
        try run.verify(&members, clock: &clock, in: workspace) { _ in }
        let report = try members[0].finding(milliseconds: 0).get().report
        // The first in the order of verification is the nearest of the smallest.
        let found = report.found.first
        return MethodOutcome(
            method: .randomGraph, items: found.map { session.layout.parts(of: $0.candidate.nodes) },
            replacementRank: found?.outcome, isComplete: report.budget == nil,
            forwardPasses: run.passesBefore + report.verifications, milliseconds: 0)
    }

    private func run(_ settings: ExplanationSettings) -> ExplanationRun {
        ExplanationRun(
            settings: settings, model: recommender.model, threads: threads,
            passesBefore: RecommendationExplanation.passesBeforeSearch)
    }

    // MARK: Methods that need no graph

    /// Sets in the order in which they are tried, and what trying them costs.
    private struct Candidates {
        var sets: any Sequence<[Int]>
        /// Forward passes that were spent before.
        var passesBefore: Int
        var maximumForwardPasses: Int
        /// Sets verified at once: one where each depends on that the last changed nothing.
        var batchSize: Int
    }

    private func candidates(
        of method: ExplanationMethod, _ session: RecommendationSession, in workspace: Workspace
    ) throws -> Candidates {
        let largest = min(settings.maximumSetSize, session.maximumSetSize)
        var candidates = Candidates(
            sets: [[Int]](), passesBefore: RecommendationExplanation.passesBeforeSearch,
            maximumForwardPasses: settings.maximumForwardPasses, batchSize: session.batchSize)
        switch method {
        case .icd, .fci, .randomGraph: break
        case .attentionGreedy:
            let ranked = CandidateOrder.ranked(session.replaceable, by: session.attention)
            candidates.sets = CandidateOrder.growing(ranked, upTo: largest)
            candidates.batchSize = 1
        case .attentionSubsets:
            let ranked = CandidateOrder.ranked(session.replaceable, by: session.attention)
            candidates.sets = CandidateOrder.subsets(ranked, weights: session.attention, upTo: largest)
        case .leaveOneOut:
            let losses = try session.losses(in: workspace)
            let ranked = CandidateOrder.ranked(session.replaceable, by: losses)
            candidates.sets = CandidateOrder.growing(ranked, upTo: largest)
            // The abduction is not looked at, but every item's absence is.
            candidates.passesBefore = 1 + session.replaceable.count
            candidates.batchSize = 1
        case .exhaustive:
            candidates.sets = CandidateOrder.all(
                of: session.replaceable, upTo: min(exhaustiveSetSize, session.maximumSetSize))
            candidates.passesBefore = 1
            candidates.maximumForwardPasses = exhaustiveForwardPasses
        }
        return candidates
    }

    /// Tries sets until one changes the recommendation.
    private func attempt(
        _ method: ExplanationMethod, _ candidates: Candidates, _ session: RecommendationSession,
        in workspace: Workspace
    ) throws -> MethodOutcome {
        var outcome = MethodOutcome(
            method: method, items: nil, replacementRank: nil, isComplete: true,
            forwardPasses: candidates.passesBefore, milliseconds: 0)
        var batch: [[Int]] = []
        func verify() throws {
            try Task.checkCancellation()
            for (nodes, ranking) in zip(batch, try session.rankings(replacing: batch, in: workspace)) {
                guard outcome.items == nil, let rank = session.replacementRank(in: ranking) else { continue }
                outcome.items = session.layout.parts(of: nodes)
                outcome.replacementRank = rank
            }
            outcome.forwardPasses += batch.count
            batch = []
        }
        for set in candidates.sets {
            guard outcome.forwardPasses + batch.count < candidates.maximumForwardPasses else {
                outcome.isComplete = false
                break
            }
            batch.append(set)
            if batch.count == candidates.batchSize { try verify() }
            if outcome.items != nil { return outcome }
        }
        if !batch.isEmpty { try verify() }
        if outcome.items != nil { outcome.isComplete = true }
        return outcome
    }
}

extension ExplanationMethod {
    /// The algorithm of the methods that are CLEANN's.
    fileprivate var algorithm: DiscoveryAlgorithmName? {
        switch self {
        case .icd: .icd
        case .fci: .fci
        case .randomGraph, .attentionGreedy, .attentionSubsets, .leaveOneOut, .exhaustive: nil
        }
    }
}
