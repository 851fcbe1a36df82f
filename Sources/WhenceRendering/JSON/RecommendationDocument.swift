internal import WhenceExplanation

typealias RecommendationDocument = ExplanationDocument<
    HistoryDocument, RecommendedDocument, FoundItemsDocument
>

extension RecommendationDocument {
    /// - Throws: `RenderingError.inconsistent` for graphs of several heads that cannot be compared.
    init(_ explanation: RecommendationExplanation) throws(RenderingError) {
        self.init(
            task: ExplanationSchema.recommendation, model: ModelDocument(explanation.model),
            settings: SettingsDocument(explanation.settings), input: HistoryDocument(explanation.input),
            prediction: RecommendedDocument(explanation.prediction),
            graphs: try GraphDocument.all(explanation.graphs),
            explanations: explanation.explanations.map(FoundItemsDocument.init),
            status: SearchDocument(explanation.status))
    }

    func value() throws -> RecommendationExplanation {
        RecommendationExplanation(
            model: model.value(), settings: try settings.value(), input: input.value(),
            prediction: prediction.value(), graphs: try graphs.map { try $0.value() },
            explanations: explanations.map { $0.value() }, status: try status.value())
    }
}

/// The history as the model saw it.
struct HistoryDocument: Codable {
    struct ItemDocument: Codable {
        var index: Int
        var item: String
        var title: String
        var token: Int
        /// Whether the model saw it: of a history that is too long, only the last items are.
        var seen: Bool
    }

    var history: [ItemDocument]
    @ExplicitNull var user: String?
    /// Ids that the history had and the recommender does not know. Left out where there are none.
    var unknownItems: [String]?
    /// Items before this place were not seen.
    var firstSeen: Int
    /// Tokens of the first pass, and the place among them whose logits rank the items that `history` does not hold.
    var query: [Int]
    var queryTarget: Int
    /// Tokens of the second pass, whose attention the graphs are learnt from; `tokens` elsewhere count these.
    var abduction: [Int]

    init(_ input: RecommendationInput) {
        history = input.history.map {
            ItemDocument(
                index: $0.index, item: $0.item, title: $0.title, token: $0.token,
                seen: $0.index >= input.unseenCount)
        }
        user = input.user
        unknownItems = input.unknownItems.isEmpty ? nil : input.unknownItems
        firstSeen = input.unseenCount
        (query, queryTarget, abduction) = (input.query, input.queryTarget, input.abduction)
    }

    func value() -> RecommendationInput {
        RecommendationInput(
            history: history.map {
                RecommendationInput.HistoryItem(
                    index: $0.index, item: $0.item, title: $0.title, token: $0.token)
            }, user: user, unknownItems: unknownItems ?? [], unseenCount: firstSeen, query: query,
            queryTarget: queryTarget,
            abduction: abduction)
    }
}

/// What is recommended.
struct RecommendedDocument: Codable {
    struct RankedDocument: Codable {
        var rank: Int
        var item: String
        var title: String
        var token: Int
        var score: Double

        init(_ ranked: RankedItem) {
            (rank, item, title) = (ranked.rank, ranked.item, ranked.title)
            (token, score) = (ranked.token, ranked.score)
        }

        func value() -> RankedItem {
            RankedItem(rank: rank, item: item, title: title, token: token, score: score)
        }
    }

    var item: String
    var title: String
    var token: Int
    var score: Double
    var top: [RankedDocument]
    /// How many items were ranked: those of the catalogue that the history does not hold.
    var candidates: Int

    init(_ recommendation: Recommendation) {
        let best = recommendation.best
        (item, title, token, score) = (best.item, best.title, best.token, best.score)
        top = recommendation.top.map(RankedDocument.init)
        candidates = recommendation.candidateCount
    }

    func value() -> Recommendation {
        Recommendation(
            best: RankedItem(rank: 1, item: item, title: title, token: token, score: score),
            top: top.map { $0.value() }, candidateCount: candidates)
    }
}
