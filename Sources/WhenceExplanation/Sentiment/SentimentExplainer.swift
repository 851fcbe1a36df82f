public import WhenceInference
public import WhenceLoader
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
    /// The settings in force: samples and replacement are those of the model.
    public let settings: ExplanationSettings
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
        try settings.check(
            passesBefore: SentimentExplanation.passesBeforeSearch,
            headCount: classifier.model.configuration.headCount)
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
        let clock = SharedClock(count: 1, limit: settings.timeLimit)
        let input = try classifier.read(text)
        return try await explain([input], clock: clock, in: Workspace(threads: threads), progress)[0].get()
    }

    /// Explains the predictions for several texts together: what they ask of the model shares its batches.
    ///
    /// Every explanation is the same as that of its text alone, apart from the time. A time limit is one for each
    /// text: it is charged the work done for it alone, and of work done for several its part by tokens.
    ///
    /// - Parameters:
    ///   - inputs: the texts as the model sees them, from ``SentimentClassifier/read(_:)``; not many more than fill a
    ///     batch, as what the deepest layer saw of all of them is kept until the end.
    ///   - workspace: memory to use again, and the number of threads of products; made for the call if not given.
    /// - Returns: one result a text, in their order: the explanation, or the error that is about the text.
    /// - Throws: `CancellationError`, and errors that are about no text.
    public func explainAll(
        _ inputs: [TokenizedText], in workspace: Workspace? = nil
    ) async throws -> [Result<SentimentExplanation, any Error>] {
        let clock = SharedClock(count: inputs.count, limit: settings.timeLimit)
        return try await explain(
            inputs, clock: clock, in: try workspace ?? Workspace(threads: threads)
        ) { _ in }
    }

    /// Predicts the labels of several texts together, without graphs and without a search.
    ///
    /// - Parameters: as of ``explainAll(_:in:)``.
    /// - Returns: one result a text, in their order: an explanation that holds no graph and tested no set, or the error
    ///   that is about the text.
    /// - Throws: `CancellationError`, and errors that are about no text.
    public func predictAll(
        _ inputs: [TokenizedText], in workspace: Workspace? = nil
    ) throws -> [Result<SentimentExplanation, any Error>] {
        var clock = SharedClock(count: inputs.count, limit: nil)
        let workspace = try workspace ?? Workspace(threads: threads)
        let answers = try InputFault.answers(to: inputs.map { [$0] }) {
            try classifier.predict($0, in: workspace)
        }
        clock.charge(inputs.enumerated().map { ($0, $1.tokens.count) })
        return zip(inputs, answers).enumerated().map { index, both in
            both.1.map { predictions in
                let finding = Finding<SentimentPrediction>(milliseconds: clock.milliseconds(index))
                return explanation(of: both.0, predictions[0], finding, layout: nil)
            }
        }
    }

    private func explain(
        _ inputs: [TokenizedText], clock start: SharedClock, in workspace: Workspace,
        _ progress: (ExplanationProgress) -> Void
    ) async throws -> [Result<SentimentExplanation, any Error>] {
        var clock = start
        let run = ExplanationRun(
            settings: settings, model: classifier.model, threads: threads,
            passesBefore: SentimentExplanation.passesBeforeSearch)
        let subjects = try SentimentSubject.all(
            inputs, classifier, perturbation, settings: settings, in: workspace)
        clock.charge(inputs.enumerated().map { ($0, $1.tokens.count) })
        let findings = try await run.explain(subjects, clock: &clock, in: workspace, progress)
        return zip(subjects, findings).map { subject, finding in
            subject.flatMap { subject in
                finding.map {
                    explanation(of: subject.input, subject.prediction, $0, layout: subject.layout)
                }
            }
        }
    }

    private func explanation(
        of input: TokenizedText, _ prediction: SentimentPrediction, _ finding: Finding<SentimentPrediction>,
        layout: NodeLayout?
    ) -> SentimentExplanation {
        SentimentExplanation(
            model: classifier.identity, settings: settings, input: input, prediction: prediction,
            graphs: finding.graphs,
            explanations: finding.report.found.compactMap { found in
                layout.map { CounterfactualExplanation(found.candidate, found.outcome, $0) }
            }.sorted { $0.precedes($1, originalLabel: prediction.index) },
            status: finding.status(passesBefore: SentimentExplanation.passesBeforeSearch))
    }
}

extension CounterfactualExplanation {
    fileprivate init(_ candidate: CandidateSet, _ outcome: SentimentPrediction, _ layout: NodeLayout) {
        self.init(
            nodes: candidate.nodes, tokens: layout.tokens(of: candidate.nodes),
            words: layout.parts(of: candidate.nodes),
            size: candidate.nodes.count, distance: candidate.distance, heads: candidate.heads,
            outcome: outcome)
    }

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
