internal import WhenceDiscovery
internal import WhenceInference
internal import WhenceLoader
internal import WhenceTensor

/// Explains what a classifier predicts for one text: the causal graph of that text, read from the deepest
/// attention layer, and the smallest sets of words without which the prediction would have been another.
///
/// ```swift
/// let classifier = try await SentimentClassifier(ModelFolder(at: "models/sentiment"))
/// let explanation = try await SentimentExplainer(classifier).explain("A charming and often affecting journey.")
/// ```
///
/// Source: Rohekar, Gurwicz, Nisimov, *Causal Interpretation of Self-Attention in Pre-Trained Transformers*,
/// NeurIPS 2023, <https://arxiv.org/abs/2310.20307>.
public struct SentimentExplainer: Sendable {
    private let classifier: SentimentClassifier
    private let settings: ExplanationSettings
    private let perturbation: Perturbation
    private let threads: Int?

    /// Most tokens in one call of the model during verification: enough to fill the cores, small enough that a
    /// time limit is noticed.
    private static let tokensPerBatch = 2_048

    /// Makes an explainer.
    ///
    /// - Parameters:
    ///   - classifier: the model to explain.
    ///   - settings: every choice; the defaults are documented there.
    ///   - threads: cores to use; `nil` for all. Explanations do not depend on it.
    /// - Throws: `ExplanationError` if the settings do not fit the model.
    public init(
        _ classifier: SentimentClassifier, settings: ExplanationSettings = ExplanationSettings(),
        threads: Int? = nil
    ) throws(ExplanationError) {
        try settings.check()
        self.classifier = classifier
        self.threads = threads
        perturbation = try Perturbation(
            settings.replacement, tokenizer: classifier.tokenizer,
            isCausal: classifier.model.configuration.isCausal)
        var resolved = settings
        resolved.samples = settings.samples ?? classifier.model.configuration.hiddenSize
        resolved.replacement = settings.replacement ?? classifier.replacementChoices[0]
        self.settings = resolved
    }

    /// Explains the prediction for one text.
    ///
    /// - Parameters:
    ///   - text: the text; what the model cannot see of it is reported in `input.unseenFrom`.
    ///   - progress: called now and then, from the task that explains.
    /// - Returns: an explanation whose settings are all resolved (samples, replacement). When no set of words
    ///   changes the prediction within the budgets, `explanations` is empty and `status` says how far the
    ///   search got.
    /// - Throws: `ExplanationError.noWords` for a text without words; `CancellationError`; errors of the model.
    public func explain(
        _ text: String, progress: (ExplanationProgress) -> Void = { _ in }
    ) async throws -> SentimentExplanation {
        let clock = ContinuousClock()
        let start = clock.now
        let deadline = settings.timeLimit.map { start + .seconds($0) }

        let input = try classifier.read(text)
        let layout = try NodeLayout(
            input, kind: settings.nodes, skipPunctuation: settings.skipPunctuation,
            targetToken: classifier.model.configuration.readPosition(in: input.ids) ?? 0)
        let workspace = try Workspace(threads: threads)
        let trace = try classifier.model.trace(input.ids, in: workspace)
        let prediction = classifier.prediction(trace.logits.elements)
        let correlations = try NodeCorrelation.all(
            trace, layout: layout, heads: settings.heads, estimator: settings.estimator)
        let learnt = try await discover(correlations, layout: layout, deadline: deadline, progress)

        let search = ExplanationSearch<SentimentPrediction>(
            roots: learnt.map { .init(head: $0.graph.head, tree: $0.tree) },
            replaceable: layout.nodes.indices.filter { $0 != layout.target },
            maximumSetSize: settings.maximumSetSize, exhaustiveSetSize: settings.exhaustiveSetSize,
            allSizes: settings.allSizes, maximumVerifications: settings.maximumForwardPasses - 1,
            batchSize: max(1, Self.tokensPerBatch / input.tokens.count),
            isOutOfTime: { deadline.map { clock.now >= $0 } ?? false })
        var verified = 0
        let report = try search.run { sets in
            verified += sets.count
            defer { progress(.sets(verified: verified, size: sets.last?.nodes.count ?? 0)) }
            let ids = sets.map { perturbation.apply(input.ids, at: layout.tokens(of: $0.nodes)) }
            return try classifier.model.logits(ids, in: workspace).map { logits in
                let outcome = classifier.prediction(logits)
                return outcome.index == prediction.index ? nil : outcome
            }
        }
        let elapsed = start.duration(to: clock.now)
        return SentimentExplanation(
            model: classifier.identity, settings: settings, input: input, prediction: prediction,
            graphs: learnt.map(\.graph),
            explanations: report.found.map { explanation($0.candidate, $0.outcome, layout) }
                .sorted { $0.precedes($1, originalLabel: prediction.index) },
            status: SearchStatus(report, elapsedMilliseconds: elapsed / .milliseconds(1)))
    }

    /// One graph for each correlation matrix, learnt side by side, in their order.
    private func discover(
        _ correlations: [NodeCorrelation], layout: NodeLayout, deadline: ContinuousClock.Instant?,
        _ progress: (ExplanationProgress) -> Void
    ) async throws -> [LearntGraph] {
        var options = DiscoveryOptions()
        options.maximumConditioningSize = settings.maximumConditioningSize
        options.selectionBias = settings.selectionBias
        options.limits.tests = settings.maximumTests
        options.limits.time = deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
        let discovery = GraphDiscovery(
            algorithm: settings.algorithm, alpha: settings.alpha, samples: settings.samples ?? 0,
            options: options, isCausal: classifier.model.configuration.isCausal)
        return try await withThrowingTaskGroup(of: (Int, LearntGraph).self) { group in
            var results: [Int: LearntGraph] = [:]
            func collect(_ next: (Int, LearntGraph)?) {
                guard let (index, result) = next else { return }
                results[index] = result
                progress(.graphs(done: results.count, of: correlations.count))
            }
            for (index, correlation) in correlations.enumerated() {
                if index >= threads ?? .max { collect(try await group.next()) }
                group.addTask { (index, try discovery.run(correlation, layout: layout)) }
            }
            while results.count < correlations.count { collect(try await group.next()) }
            return correlations.indices.compactMap { results[$0] }
        }
    }

    private func explanation(
        _ candidate: CandidateSet, _ outcome: SentimentPrediction, _ layout: NodeLayout
    ) -> CounterfactualExplanation {
        CounterfactualExplanation(
            nodes: candidate.nodes, tokens: layout.tokens(of: candidate.nodes),
            words: Set(candidate.nodes.flatMap { layout.words[$0] }).sorted(),
            size: candidate.nodes.count, distance: candidate.distance, heads: candidate.heads,
            outcome: outcome)
    }
}

extension CounterfactualExplanation {
    /// Smaller sets first, then nearer ones, then those that leave the original label less likely, then by nodes.
    fileprivate func precedes(_ other: CounterfactualExplanation, originalLabel: Int) -> Bool {
        if size != other.size { return size < other.size }
        let distances = (distance ?? .max, other.distance ?? .max)
        if distances.0 != distances.1 { return distances.0 < distances.1 }
        let left = (outcome.probabilities[originalLabel], other.outcome.probabilities[originalLabel])
        if left.0 != left.1 { return left.0 < left.1 }
        return nodes.lexicographicallyPrecedes(other.nodes)
    }
}

extension NodeLayout {
    /// The tokens of several nodes, ascending.
    func tokens(of nodes: [Int]) -> [Int] {
        nodes.flatMap { self.nodes[$0].tokens }.sorted()
    }
}

extension SearchStatus {
    init<Prediction>(_ report: ExplanationSearch<Prediction>.Report, elapsedMilliseconds: Double) {
        let search: Outcome =
            switch (report.budget, report.found.isEmpty) {
            case (.some, _): .budget
            case (nil, true): .none
            case (nil, false): .minimal
            }
        self.init(
            search: search, testedSizes: report.testedSizes, certifiedSizes: report.certifiedSizes,
            budget: report.budget, forwardPasses: report.verifications + 1,
            elapsedMilliseconds: elapsedMilliseconds)
    }
}
