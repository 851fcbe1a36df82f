public import WhenceExplanation
public import WhenceInference
internal import WhenceLoader
internal import WhenceRendering

/// Annotates texts with what a classifier says.
public struct SentimentAnnotator: RowAnnotator {
    /// How many rows are worked on together.
    public let groupLimit: GroupLimit
    /// The settings in force: samples and replacement are those of the model.
    public var settings: ExplanationSettings { explainer.settings }

    private let classifier: SentimentClassifier
    private let explainer: SentimentExplainer
    private let detail: AnnotationDetail
    private let truncates: Bool

    /// Makes an annotator.
    ///
    /// - Parameters:
    ///   - classifier: the model.
    ///   - settings: every choice of an explanation.
    ///   - detail: how much is found out.
    ///   - truncates: reads the beginning of texts that are longer than what the model reads; otherwise they are
    ///     problems.
    /// - Throws: `ExplanationError` if the settings do not fit the model.
    public init(
        _ classifier: SentimentClassifier, settings: ExplanationSettings = ExplanationSettings(),
        detail: AnnotationDetail, truncates: Bool = false
    ) throws(ExplanationError) {
        self.classifier = classifier
        self.detail = detail
        self.truncates = truncates
        // Groups run beside each other, each on a thread of its own.
        explainer = try SentimentExplainer(classifier, settings: settings, threads: 1)
        groupLimit = .of(detail)
    }

    /// About a quarter of the text's bytes, which is how many tokens it has.
    public func size(of content: InputRow.Content) -> Int {
        switch content {
        case .text(let text): text.utf8.count / 4 + 2
        case .history: 1
        }
    }

    /// Annotates a group of texts.
    public func annotate(
        _ contents: [InputRow.Content], in workspace: Workspace
    ) async throws -> [RowAnswer] {
        try await groupAnswers(to: contents, question: input) { inputs in
            switch detail {
            case .prediction: try explainer.predictAll(inputs, in: workspace)
            case .explanation, .graphs: try await explainer.explainAll(inputs, in: workspace)
            }
        } outcome: {
            RowAnswer(.sentiment($0), milliseconds: $0.status.elapsedMilliseconds ?? 0)
        }
    }

    /// The text as the model sees it.
    private func input(_ content: InputRow.Content) throws(RowProblem) -> TokenizedText {
        guard case .text(let text) = content else {
            throw RowProblem(.wrongType, "The row is a history, but the model is a classifier of texts.")
        }
        let input: TokenizedText
        do {
            input = try classifier.read(text)
        } catch {
            throw RowProblem(ofModel: error)
        }
        guard !input.words.isEmpty else {
            throw RowProblem(ofModel: ExplanationError.noWords)
        }
        if !truncates, let unseen = input.unseen {
            let (part, place) = input.unseenUntil == nil ? ("first", "beginning") : ("last", "end")
            throw RowProblem(
                .tooLong,
                "The model reads \(NumberWording.count(input.tokens.count, "token")), which the text's \(part) "
                    + "\(text.utf8.count - unseen.count) of \(text.utf8.count) bytes fill. "
                    + "Shorten it, or pass --truncate to read its \(place).")
        }
        return input
    }
}

extension GroupLimit {
    /// Predictions are quick, so that many rows fill a batch of the model; of explanations every row fills some.
    static func of(_ detail: AnnotationDetail) -> GroupLimit {
        switch detail {
        case .prediction: GroupLimit(rows: 64, size: 1_024)
        case .explanation, .graphs: GroupLimit(rows: 16, size: 512)
        }
    }
}
