public import WhenceExplanation
public import WhenceInference
internal import WhenceLoader

/// Annotates histories with what a recommender says.
public struct RecommendationAnnotator: RowAnnotator {
    /// How many rows are worked on together.
    public let groupLimit: GroupLimit
    /// The settings in force: samples and replacement are those of the model.
    public var settings: ExplanationSettings { explainer.settings }

    private let recommender: Recommender
    private let explainer: RecommendationExplainer
    private let resolver: HistoryResolver
    private let detail: AnnotationDetail
    private let leavesOutUnknownItems: Bool

    /// Makes an annotator.
    ///
    /// - Parameters:
    ///   - recommender: the model. Of histories that are longer than what it reads the last items are seen.
    ///   - settings: every choice of an explanation.
    ///   - detail: how much is found out.
    ///   - leavesOutUnknownItems: explains a history without the ids that the catalogue does not have, and names them;
    ///     otherwise the row is a problem.
    /// - Throws: `ExplanationError` if the settings do not fit the model.
    public init(
        _ recommender: Recommender, settings: ExplanationSettings = ExplanationSettings(),
        detail: AnnotationDetail, leavesOutUnknownItems: Bool = false
    ) throws(ExplanationError) {
        self.recommender = recommender
        self.leavesOutUnknownItems = leavesOutUnknownItems
        self.detail = detail
        // Groups run beside each other, each on a thread of its own.
        explainer = try RecommendationExplainer(recommender, settings: settings, threads: 1)
        resolver = HistoryResolver(recommender.catalogue)
        groupLimit = .of(detail)
    }

    /// The number of items that the model sees.
    public func size(of content: InputRow.Content) -> Int {
        switch content {
        case .text: 1
        case .history(let items, _): min(items.count, recommender.historyLimit) + 1
        }
    }

    /// Annotates a group of histories.
    public func annotate(
        _ contents: [InputRow.Content], in workspace: Workspace
    ) async throws -> [RowAnswer] {
        try await groupAnswers(to: contents, question: question) { questions in
            switch detail {
            case .prediction: try explainer.predictAll(questions, in: workspace)
            case .explanation, .graphs: try await explainer.explainAll(questions, in: workspace)
            }
        } outcome: {
            RowAnswer(.recommendation($0), milliseconds: $0.status.elapsedMilliseconds ?? 0)
        }
    }

    /// The history in the recommender's terms.
    private func question(_ content: InputRow.Content) throws(RowProblem) -> RecommendationQuestion {
        guard case .history(let references, let user) = content else {
            throw RowProblem(.wrongType, "The row is a text, but the model is a recommender.")
        }
        guard !references.isEmpty else { throw RowProblem(ofModel: ExplanationError.emptyHistory) }
        var items: [Int] = []
        var unknown: [String] = []
        for (place, reference) in references.enumerated() {
            let found: (index: Int, isGuess: Bool)
            do {
                found = try resolver.item(reference)
            } catch {
                if leavesOutUnknownItems, case .unknownID(let id, _) = error {
                    unknown.append(id)
                    continue
                }
                throw RowProblem(error, at: place)
            }
            // Nobody looks at what was guessed in a million rows.
            guard !found.isGuess else {
                let item = recommender.catalogue.items[found.index]
                throw RowProblem(.unknownTitle(item.title, nearest: [item]), at: place)
            }
            items.append(found.index)
        }
        guard !items.isEmpty else {
            throw RowProblem(
                .unknownItem,
                unknown.count == 1
                    ? "The one item of the history is none of the catalogue's."
                    : "None of the \(unknown.count) items of the history is one of the catalogue's.")
        }
        return RecommendationQuestion(items, user: user, unknownItems: unknown)
    }
}

extension RowProblem {
    /// Most items that a problem names.
    private static let namedItems = 3

    /// An item of a history that is none or several; `place` counts from 0.
    fileprivate init(_ error: HistoryError, at place: Int) {
        let item = "Item \(place + 1) of the history"
        let reason =
            switch error {
            case .ambiguous(_, let items):
                "\(item) may be any of \(items.count) titles, such as \(Self.list(items)). Give its id."
            case .unknownTitle(_, let nearest) where nearest.isEmpty:
                "\(item) is no title of the catalogue, nor like any."
            case .unknownTitle(_, let nearest):
                "\(item) is no title of the catalogue. The nearest: \(Self.list(nearest))."
            case .unknownID(_, let examples):
                "\(item) has an id that the catalogue does not have. Its ids are such as "
                    + examples.joined(separator: ", ") + "."
            case .unknownUser, .strangers: "\(error)"
            }
        self.init(.unknownItem, reason)
    }

    private static func list(_ items: [ItemCatalogue.Item]) -> String {
        items.prefix(namedItems).map { "“\($0.title)” (id \($0.id))" }.joined(separator: ", ")
    }
}
