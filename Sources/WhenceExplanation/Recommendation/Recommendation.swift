/// An item of a ranking.
public struct RankedItem: Sendable, Hashable, Codable {
    /// Its place, counted from 1.
    public var rank: Int
    /// The data set's own id.
    public var item: String
    /// What a person calls it.
    public var title: String
    /// Its token, which is its index among the model's logits.
    public var token: Int
    /// Its logit.
    public var score: Double

    /// Makes an item; every field is as documented above.
    public init(rank: Int, item: String, title: String, token: Int, score: Double) {
        self.rank = rank
        self.item = item
        self.title = title
        self.token = token
        self.score = score
    }
}

/// What a recommender recommends after a history.
public struct Recommendation: Sendable, Hashable, Codable {
    /// The item recommended: that with the largest logit; of equal ones that which stands first in the catalogue.
    public var best: RankedItem
    /// The best items in their order, the recommended one first.
    public var top: [RankedItem]
    /// How many items were ranked: those of the catalogue that the history does not hold.
    public var candidateCount: Int

    /// Makes a recommendation; every field is as documented above.
    public init(best: RankedItem, top: [RankedItem], candidateCount: Int) {
        self.best = best
        self.top = top
        self.candidateCount = candidateCount
    }
}

/// How an item's score and rank change when a part of the history is replaced.
public struct ItemShift: Sendable, Hashable, Codable {
    /// The data set's own id.
    public var item: String
    /// What a person calls it.
    public var title: String
    /// Its token.
    public var token: Int
    /// Its rank after the whole history, counted from 1, over all items that the history does not hold.
    public var rankBefore: Int
    /// Its rank after the replacement, over the same items.
    public var rankAfter: Int
    /// Its logit after the whole history.
    public var scoreBefore: Double
    /// Its logit after the replacement.
    public var scoreAfter: Double

    /// Makes a shift; every field is as documented above.
    public init(
        item: String, title: String, token: Int, rankBefore: Int, rankAfter: Int, scoreBefore: Double,
        scoreAfter: Double
    ) {
        self.item = item
        self.title = title
        self.token = token
        self.rankBefore = rankBefore
        self.rankAfter = rankAfter
        self.scoreBefore = scoreBefore
        self.scoreAfter = scoreAfter
    }
}
