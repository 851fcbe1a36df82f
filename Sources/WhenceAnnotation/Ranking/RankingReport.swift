/// How well a recommender finds the next item of each user, beside three baselines on the same questions.
public struct RankingReport: Sendable, Hashable, Codable {
    /// A mean over users.
    public struct Estimate: Sendable, Hashable, Codable {
        /// The mean.
        public var value: Double
        /// Its 95 % bootstrap interval: lower end, upper end.
        public var interval: [Double]
    }

    /// What one recommender reaches.
    public struct Row: Sendable, Hashable, Codable {
        /// `model`, `most-popular`, `markov` or `item-knn`.
        public var name: String
        /// HR@k: the share of users whose item is among the first k.
        public var hitRate: Estimate
        /// NDCG@k.
        public var ndcg: Estimate
        /// MRR, over all ranks.
        public var mrr: Estimate
        /// Users whose item has the same score as another candidate.
        public var tiedTargets: Int
        /// The number of neighbours, of item-knn.
        public var neighbours: Int?
        /// The shrinkage, of item-knn.
        public var shrinkage: Double?
    }

    /// How far the model is ahead of the best baseline in one measure.
    public struct Difference: Sendable, Hashable, Codable {
        /// `hitRate`, `ndcg` or `mrr`.
        public var measure: String
        /// The baseline with the highest value.
        public var baseline: String
        /// The model's value minus the baseline's, and the interval of that difference between paired users.
        public var difference: Estimate
    }

    /// Which item of the histories was to be found.
    public var split: RankingTask.Split
    /// k of HR@k and NDCG@k.
    public var k: Int
    /// Candidates, but for those of the user's history.
    public var items: Int
    /// Users that were asked about.
    public var users: Int
    /// Users with too few items to ask about.
    public var shortHistories: Int
    /// Users whose item to be found is not in the catalogue.
    public var unknownTargets: Int
    /// Users whose item to be found is in their history already.
    public var repeatedTargets: Int
    /// Interactions before the items to be found whose item is not in the catalogue.
    public var unknownInteractions: Int
    /// Histories longer than the model sees, of which it was given the end.
    public var cutHistories: Int
    /// Items whose title in the data set is another than in the catalogue.
    public var differentTitles: Int
    /// The model, if there is one, then the baselines.
    public var recommenders: [Row]
    /// One entry a measure; empty without a model.
    public var ahead: [Difference]
    /// Bootstrap samples.
    public var samples: Int
    /// The seed that they were drawn with.
    public var seed: UInt64
}
