/// The items of a catalogue in the order of their scores, those of the user's history left out.
///
/// Of equal scores the item that stands first in the catalogue comes first.
struct ItemRanking: Sendable {
    /// One an item of the catalogue.
    let scores: [Float]
    /// Whether an item is left out, one an item of the catalogue.
    private let isExcluded: [Bool]
    /// How many items are ranked.
    let count: Int

    /// - Parameters:
    ///   - scores: a logit for each item of the catalogue.
    ///   - excluded: items that are not to be recommended; at least one has to be left.
    init(_ scores: [Float], excluding excluded: [Int]) {
        var isExcluded = Array(repeating: false, count: scores.count)
        for item in excluded { isExcluded[item] = true }
        self.scores = scores
        self.isExcluded = isExcluded
        count = isExcluded.count { !$0 }
    }

    /// The best items, as indices of the catalogue.
    ///
    /// - Complexity: O(items · log(limit)).
    func top(_ limit: Int) -> [Int] {
        var best: [Int] = []
        for item in scores.indices where !isExcluded[item] {
            // Later items of the same score stand behind, so that only a better one moves another out.
            if best.count == limit {
                guard let last = best.last, scores[item] > scores[last] else { continue }
                best.removeLast()
            }
            var (low, high) = (0, best.count)
            while low < high {
                let middle = (low + high) / 2
                if scores[best[middle]] >= scores[item] { low = middle + 1 } else { high = middle }
            }
            best.insert(item, at: low)
        }
        return best
    }

    /// The place of an item, counted from 1: one more than the items that are ranked and come before it.
    func rank(of item: Int) -> Int {
        let score = scores[item]
        return 1
            + scores.indices.count {
                !isExcluded[$0] && (scores[$0] > score || (scores[$0] == score && $0 < item))
            }
    }
}
