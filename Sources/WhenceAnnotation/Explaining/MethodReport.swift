public import WhenceExplanation

/// How well several methods explain the same recommendations.
public struct MethodReport: Sendable, Hashable, Codable {
    /// A mean over users; `nil` and no interval where there is no user to take it over.
    public struct Estimate: Sendable, Hashable, Codable {
        /// The mean.
        public var value: Double?
        /// Its 95 % bootstrap interval: lower end, upper end.
        public var interval: [Double]
        /// Users that it was taken over.
        public var users: Int
    }

    /// What one method reaches.
    public struct Row: Sendable, Hashable, Codable {
        /// The method.
        public var method: ExplanationMethod
        /// Share of users for whom it found a set that changes the recommendation.
        public var flipped: Estimate
        /// Items in the set, over users with one.
        public var size: Estimate
        /// The rank before of the item recommended then, over users with one.
        public var replacementRank: Estimate
        /// Items in the set, over users for whom every method found one, the exhaustive one left out.
        public var sizeInCommon: Estimate
        /// The rank before, over the same users.
        public var replacementRankInCommon: Estimate
        /// Share of users whose set is as small as any, over those whose smallest set the exhaustive method found.
        public var smallest: Estimate
        /// Forward passes a user.
        public var forwardPasses: Estimate
        /// Milliseconds a user.
        public var milliseconds: Estimate
        /// Users for whom a budget ended the method.
        public var unfinished: Int
    }

    /// How two methods differ on users for whom both found a set.
    public struct Comparison: Sendable, Hashable, Codable {
        /// The method whose value the other's is taken from.
        public var method: ExplanationMethod
        /// The other method.
        public var other: ExplanationMethod
        /// `size` or `replacementRank`.
        public var measure: String
        /// The mean difference; negative where the first method's sets are smaller, or its items ranked higher.
        public var difference: Estimate
    }

    /// What was found for one user.
    public struct User: Sendable, Hashable, Codable {
        /// The user's id.
        public var user: String
        /// Items of the history that the model knows.
        public var historyLength: Int
        /// One outcome a method.
        public var outcomes: [MethodOutcome]
    }

    /// Users that were asked about.
    public var users: Int
    /// Histories longer than the model sees.
    public var cutHistories: Int
    /// One row a method.
    public var methods: [Row]
    /// CLEANN on ICD's graphs against the others.
    public var comparisons: [Comparison]
    /// Bootstrap samples.
    public var samples: Int
    /// The seed that users, samples and random graphs were drawn with.
    public var seed: UInt64
    /// What was found for each user, in the order of the data set.
    public var outcomes: [User]
}
