internal import Foundation

/// Where a recommender puts the item that was to be found, among all items that are not in the history.
///
/// Items with the same score stand in no order. Every measure is its mean over all orders of the tied items, each
/// as likely: nothing is won or lost by scores that do not tell items apart.
/// - Note: McSherry and Najork 2008, *Computing information retrieval performance measures efficiently in the
///   presence of tied scores*, ECIR.
public struct Placement: Sendable, Hashable {
    /// Candidates with a higher score.
    public var better: Int
    /// Other candidates with the same score.
    public var tied: Int

    /// Makes a placement.
    public init(better: Int, tied: Int) {
        self.better = better
        self.tied = tied
    }

    /// Counts the candidates.
    ///
    /// - Parameters:
    ///   - target: the item to be found.
    ///   - scores: of all items.
    ///   - isExcluded: for each item whether it is in the history; the target is a candidate all the same.
    init<Score: Comparable>(of target: Int, in scores: [Score], excluding isExcluded: [Bool]) {
        self.init(better: 0, tied: 0)
        let score = scores[target]
        for item in scores.indices where !isExcluded[item] && item != target {
            if scores[item] > score {
                better += 1
            } else if scores[item] == score {
                tied += 1
            }
        }
    }
}

/// The value of every rank for the three measures, so that a placement is measured at once.
struct RankValues {
    private let cutOff: Int
    /// `Σ 1 / log₂(r + 1)` over the ranks 1 to n.
    private let gains: [Double]
    /// `Σ 1 / r` over the ranks 1 to n.
    private let reciprocals: [Double]

    /// Prepares the values.
    ///
    /// - Parameters:
    ///   - cutOff: k of HR@k and NDCG@k.
    ///   - itemCount: the lowest rank that there can be.
    init(cutOff: Int, itemCount: Int) {
        self.cutOff = cutOff
        var (gains, reciprocals) = ([0.0], [0.0])
        for rank in 1...max(1, itemCount) {
            gains.append(gains[rank - 1] + (rank <= cutOff ? 1 / log2(Double(rank + 1)) : 0))
            reciprocals.append(reciprocals[rank - 1] + 1 / Double(rank))
        }
        self.gains = gains
        self.reciprocals = reciprocals
    }

    /// The measures of a placement.
    ///
    /// With one item to be found, HR is whether its rank is at most k, NDCG is `1 / log₂(rank + 1)` up to there
    /// and 0 below, and MRR is `1 / rank`.
    func measure(_ placement: Placement) -> RankingMeasures {
        let (first, last) = (placement.better, placement.better + placement.tied + 1)
        let share = 1 / Double(last - first)
        return RankingMeasures(
            hitRate: Double(max(0, min(last, cutOff) - first)) * share,
            discountedGain: (gains[last] - gains[first]) * share,
            reciprocalRank: (reciprocals[last] - reciprocals[first]) * share)
    }
}

/// One value for each of the three measures.
public struct RankingMeasures: Sendable, Hashable {
    /// HR@k.
    public var hitRate = 0.0
    /// NDCG@k.
    public var discountedGain = 0.0
    /// MRR, over all ranks.
    public var reciprocalRank = 0.0

    /// The mean of several.
    static func mean(_ values: [RankingMeasures]) -> RankingMeasures {
        var sum = RankingMeasures()
        for value in values { sum.add(value) }
        return sum.map { $0 / Double(max(1, values.count)) }
    }

    mutating func add(_ other: RankingMeasures) {
        hitRate += other.hitRate
        discountedGain += other.discountedGain
        reciprocalRank += other.reciprocalRank
    }

    func map(_ change: (Double) -> Double) -> RankingMeasures {
        RankingMeasures(
            hitRate: change(hitRate), discountedGain: change(discountedGain),
            reciprocalRank: change(reciprocalRank))
    }
}
