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
        try settings.check(passesBefore: SentimentExplanation.passesBeforeSearch)
        guard NodeKind.ofTexts.contains(settings.nodes) else { throw .noSuchNodes(settings.nodes) }
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
        let run = ExplanationRun(
            settings: settings, isCausal: classifier.model.configuration.isCausal, threads: threads)
        let input = try classifier.read(text)
        let layout = try NodeLayout(
            input, kind: settings.nodes, skipPunctuation: settings.skipPunctuation,
            targetToken: classifier.model.configuration.readPosition(in: input.ids) ?? 0)
        let workspace = try Workspace(threads: threads)
        let trace = try classifier.model.trace(input.ids, in: workspace)
        let prediction = classifier.prediction(trace.logits.elements)
        let learnt = try await run.learn(trace, layout: layout, progress)
        let report = try run.search(
            learnt, layout: layout, passesBefore: SentimentExplanation.passesBeforeSearch,
            batchSize: ExplanationRun.batchSize(tokenCount: input.tokens.count), progress
        ) { sets in
            let ids = sets.map { perturbation.apply(input.ids, at: layout.tokens(of: $0.nodes)) }
            return try classifier.model.logits(ids, in: workspace).map { logits in
                let outcome = classifier.prediction(logits)
                return outcome.index == prediction.index ? nil : outcome
            }
        }
        return SentimentExplanation(
            model: classifier.identity, settings: settings, input: input, prediction: prediction,
            graphs: learnt.map(\.graph),
            explanations: report.found.map { explanation($0.candidate, $0.outcome, layout) }
                .sorted { $0.precedes($1, originalLabel: prediction.index) },
            status: run.status(report, passesBefore: SentimentExplanation.passesBeforeSearch))
    }

    private func explanation(
        _ candidate: CandidateSet, _ outcome: SentimentPrediction, _ layout: NodeLayout
    ) -> CounterfactualExplanation {
        CounterfactualExplanation(
            nodes: candidate.nodes, tokens: layout.tokens(of: candidate.nodes),
            words: layout.parts(of: candidate.nodes),
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
