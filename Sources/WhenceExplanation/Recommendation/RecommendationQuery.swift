internal import WhenceInference
internal import WhenceLoader

/// A history and what the model recommends after it.
struct RecommendationQuery {
    /// Items as their indices in the catalogue, the oldest first.
    let history: [Int]
    /// The input that the recommendation was read from.
    let input: RecommenderInput
    /// All items after the whole history, those of the history left out.
    let ranking: ItemRanking
    /// The item that is recommended.
    let recommended: Int

    /// Recommends after several histories at once.
    ///
    /// - Returns: one result a history; `ExplanationError.emptyHistory`, `noSuchItem` or `nothingLeft` for one that asks
    ///   for nothing, and errors of the model.
    static func all(
        _ recommender: Recommender, histories: [[Int]], in workspace: Workspace
    ) throws -> [Result<RecommendationQuery, any Error>] {
        let itemCount = recommender.catalogue.items.count
        let checked = try histories.map { history in
            try InputFault.catching { try check(history, itemCount: itemCount) }
        }
        let slots = checked.map { (try? $0.get()).map { [$0.map(HistorySlot.item)] } ?? [] }
        let scores = try InputFault.answers(to: slots) { try recommender.scores($0, in: workspace) }
        return zip(checked, scores).map { history, scores in
            history.flatMap { history in
                scores.map { RecommendationQuery(history, scores: $0[0], recommender) }
            }
        }
    }

    private init(_ history: [Int], scores: [Float], _ recommender: Recommender) {
        self.history = history
        input = recommender.query(history.map(HistorySlot.item))
        ranking = ItemRanking(scores, excluding: history)
        recommended = ranking.top(1)[0]
    }

    private static func check(_ history: [Int], itemCount: Int) throws(ExplanationError) -> [Int] {
        guard !history.isEmpty else { throw .emptyHistory }
        if let stranger = history.first(where: { !(0..<itemCount).contains($0) }) {
            throw .noSuchItem(stranger, itemCount: itemCount)
        }
        guard Set(history).count < itemCount else { throw .nothingLeft(itemCount: itemCount) }
        return history
    }
}

/// The second pass of a query: the recommended item stands in its place.
struct AbductivePass {
    let query: RecommendationQuery
    let input: RecommenderInput
    /// The tokens of the pass as nodes.
    let layout: NodeLayout

    /// - Throws: `ExplanationError.noRecommender` for a model that has no room for the item and one of the history.
    init(_ query: RecommendationQuery, _ recommender: Recommender) throws(ExplanationError) {
        let items = recommender.catalogue.items
        let history = query.history
        let input = recommender.abduction(
            history.map(HistorySlot.item), recommended: query.recommended)
        guard !input.slots.isEmpty else { throw .noRecommender(model: recommender.identity.name) }
        self.query = query
        self.input = input
        layout = NodeLayout(
            input,
            items: (history.count - input.slots.count..<history.count).map { ($0, items[history[$0]].title) },
            recommended: items[query.recommended].title)
    }
}
