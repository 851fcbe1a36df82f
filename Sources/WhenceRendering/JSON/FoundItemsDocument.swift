internal import WhenceExplanation

/// One explanation of a recommendation.
struct FoundItemsDocument: Codable {
    /// How an item moves. Ranks are over the items that the whole history does not hold, before and after.
    struct ShiftDocument: Codable {
        var item: String
        var title: String
        var token: Int
        var rankBefore: Int
        var rankAfter: Int
        var scoreBefore: Double
        var scoreAfter: Double

        init(_ shift: ItemShift) {
            (item, title, token) = (shift.item, shift.title, shift.token)
            (rankBefore, rankAfter) = (shift.rankBefore, shift.rankAfter)
            (scoreBefore, scoreAfter) = (shift.scoreBefore, shift.scoreAfter)
        }

        func value() -> ItemShift {
            ItemShift(
                item: item, title: title, token: token, rankBefore: rankBefore, rankAfter: rankAfter,
                scoreBefore: scoreBefore, scoreAfter: scoreAfter)
        }
    }

    var nodes: [Int]
    var tokens: [Int]
    var items: [Int]
    var size: Int
    @ExplicitNull var distance: Int?
    var heads: [HeadLabel]
    /// Tokens that were read after the replacement, and the place among them whose logits rank the items.
    var query: [Int]
    var queryTarget: Int
    var outcome: RecommendedDocument
    /// The item recommended instead.
    var replacement: ShiftDocument
    /// The item that had been recommended.
    var original: ShiftDocument

    init(_ found: ItemExplanation) {
        (nodes, tokens, items) = (found.nodes, found.tokens, found.items)
        size = found.size
        distance = found.distance
        heads = found.heads
        (query, queryTarget) = (found.query, found.queryTarget)
        outcome = RecommendedDocument(found.outcome)
        replacement = ShiftDocument(found.replacement)
        original = ShiftDocument(found.original)
    }

    func value() -> ItemExplanation {
        ItemExplanation(
            nodes: nodes, tokens: tokens, items: items, size: size, distance: distance, heads: heads,
            query: query, queryTarget: queryTarget, outcome: outcome.value(),
            replacement: replacement.value(), original: original.value())
    }
}
