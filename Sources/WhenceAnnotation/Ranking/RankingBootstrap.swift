/// Percentile intervals of rankings, from the same samples of users for every recommender.
struct RankingBootstrap {
    /// Means of the drawn users: `[sample][recommender]`.
    private let means: [[RankingMeasures]]

    /// Draws samples.
    ///
    /// - Parameters:
    ///   - measures: `[recommender][user]`, all of one length.
    ///   - samples: how many.
    ///   - seed: the same seed draws the same users.
    init(_ measures: [[RankingMeasures]], samples: Int, seed: UInt64) throws {
        let users = measures.first?.count ?? 0
        var means: [[RankingMeasures]] = []
        try Resampling(users: users, samples: samples, seed: seed).forEach { drawn in
            var sums = Array(repeating: RankingMeasures(), count: measures.count)
            for user in drawn {
                for recommender in measures.indices { sums[recommender].add(measures[recommender][user]) }
            }
            means.append(sums.map { sum in sum.map { $0 / Double(max(1, users)) } })
        }
        self.means = means
    }

    /// The interval of one measure of a recommender.
    func interval(_ recommender: Int, _ measure: KeyPath<RankingMeasures, Double>) -> [Double] {
        Resampling.interval(means.map { $0[recommender][keyPath: measure] })
    }

    /// The interval of the difference between two recommenders.
    func interval(
        _ first: Int, minus second: Int, _ measure: KeyPath<RankingMeasures, Double>
    ) -> [Double] {
        Resampling.interval(means.map { $0[first][keyPath: measure] - $0[second][keyPath: measure] })
    }
}
