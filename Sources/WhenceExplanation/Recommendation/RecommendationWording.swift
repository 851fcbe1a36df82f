internal import WhenceLoader

/// Another recommendation, as far as it is told: rankings of large catalogues are not kept.
struct RecommendationChange: Sendable {
    var outcome: Recommendation
    /// The item recommended instead.
    var replacement: ItemShift
    /// The item that had been recommended.
    var original: ItemShift
}

/// Tells rankings in the catalogue's words.
struct RecommendationWording: Sendable {
    let catalogue: ItemCatalogue
    /// How many of the best items are listed.
    let topItems: Int

    func recommendation(_ ranking: ItemRanking) -> Recommendation {
        let top = ranking.top(topItems).enumerated().map { position, index in
            let item = catalogue.items[index]
            return RankedItem(
                rank: position + 1, item: item.id, title: item.title, token: item.token,
                score: Double(ranking.scores[index]))
        }
        return Recommendation(best: top[0], top: top, candidateCount: ranking.count)
    }

    /// What another ranking changes; `nil` if the same item is recommended.
    func change(from before: ItemRanking, to after: ItemRanking) -> RecommendationChange? {
        let (old, new) = (before.top(1)[0], after.top(1)[0])
        guard old != new else { return nil }
        return RecommendationChange(
            outcome: recommendation(after), replacement: shift(new, before, after),
            original: shift(old, before, after))
    }

    private func shift(_ index: Int, _ before: ItemRanking, _ after: ItemRanking) -> ItemShift {
        let item = catalogue.items[index]
        return ItemShift(
            item: item.id, title: item.title, token: item.token, rankBefore: before.rank(of: index),
            rankAfter: after.rank(of: index), scoreBefore: Double(before.scores[index]),
            scoreAfter: Double(after.scores[index]))
    }

    func input(
        _ question: RecommendationQuestion, query: RecommenderInput, abduction: [Int]
    ) -> RecommendationInput {
        RecommendationInput(
            history: question.history.enumerated().map { place, index in
                let item = catalogue.items[index]
                return RecommendationInput.HistoryItem(
                    index: place, item: item.id, title: item.title, token: item.token)
            },
            user: question.user, unknownItems: question.unknownItems,
            unseenCount: question.history.count - query.slots.count, query: query.ids,
            queryTarget: query.target, abduction: abduction)
    }
}
