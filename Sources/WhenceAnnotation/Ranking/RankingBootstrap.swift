internal import WhenceDiscovery

/// Percentile intervals from samples of users drawn with replacement, the same samples for every recommender.
/// - Note: Efron and Tibshirani 1993, *An introduction to the bootstrap*, §13.3.
struct RankingBootstrap {
    /// Means of the drawn users: `[sample][recommender]`.
    private let means: [[RankingMeasures]]
    private static let level = 0.95

    /// Draws samples.
    ///
    /// - Parameters:
    ///   - measures: `[recommender][user]`, all of one length.
    ///   - samples: how many.
    ///   - seed: the same seed draws the same users.
    init(_ measures: [[RankingMeasures]], samples: Int, seed: UInt64) throws {
        let users = measures.first?.count ?? 0
        var generator = SplitMix64(seed: seed)
        var means: [[RankingMeasures]] = []
        for _ in 0..<samples {
            try Task.checkCancellation()
            var sums = Array(repeating: RankingMeasures(), count: measures.count)
            for _ in 0..<users {
                // The high half of the product: uniform but for one part in 2⁶⁴ a user.
                let user = Int(generator.next().multipliedFullWidth(by: UInt64(users)).high)
                for recommender in measures.indices { sums[recommender].add(measures[recommender][user]) }
            }
            means.append(sums.map { sum in sum.map { $0 / Double(max(1, users)) } })
        }
        self.means = means
    }

    /// The interval of one measure of a recommender.
    func interval(_ recommender: Int, _ measure: KeyPath<RankingMeasures, Double>) -> [Double] {
        Self.interval(means.map { $0[recommender][keyPath: measure] })
    }

    /// The interval of the difference between two recommenders.
    func interval(
        _ first: Int, minus second: Int, _ measure: KeyPath<RankingMeasures, Double>
    ) -> [Double] {
        Self.interval(means.map { $0[first][keyPath: measure] - $0[second][keyPath: measure] })
    }

    /// The ends that 95 % of the values lie between.
    private static func interval(_ values: [Double]) -> [Double] {
        let sorted = values.sorted()
        guard let last = sorted.indices.last else { return [] }
        return [(1 - level) / 2, (1 + level) / 2].map { share in
            // Between the two nearest values, as numpy's `quantile` does.
            let place = share * Double(last)
            let below = Int(place)
            let above = min(below + 1, last)
            return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
        }
    }
}
