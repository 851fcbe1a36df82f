internal import WhenceDiscovery
public import WhenceExplanation
internal import WhenceLoader
internal import WhenceRendering

/// Measures how well several methods explain what a recommender recommends to the users of a data set.
public struct MethodStudy: Sendable {
    /// Most users; more are drawn from with the seed.
    public var userCount = 100
    /// Most items of a history: the last ones; `nil` for all that the model sees.
    public var historyLength: Int?
    /// Bootstrap samples.
    public var samples = 2000
    /// Seed of the users, the samples and the random graphs.
    public var seed: UInt64 = 0

    /// Makes a study with the defaults.
    public init() {}

    /// Lets the methods explain what is recommended after each user's whole history.
    ///
    /// - Parameters:
    ///   - contest: the methods.
    ///   - recommender: the model that they explain.
    ///   - dataset: the histories, with the ids of the model's catalogue; items that it does not have are passed over.
    ///   - progress: called after every user: how many are done, of how many.
    /// - Throws: `AnnotationError.format` without a user to ask about; errors of the model; `CancellationError`.
    public func report(
        _ contest: MethodContest, of recommender: Recommender, on dataset: InteractionDataset,
        progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) async throws -> MethodReport {
        let histories = try histories(of: dataset, recommender)
        var users: [MethodReport.User] = []
        for (user, history) in histories {
            users.append(
                MethodReport.User(
                    user: dataset.users[user], historyLength: history.count,
                    outcomes: try await contest.run(history, seed: seed &+ UInt64(user))))
            progress(users.count, histories.count)
        }
        let statistics = MethodStatistics(
            users.map(\.outcomes), methods: contest.methods, samples: samples, seed: seed)
        return MethodReport(
            users: users.count,
            cutHistories: users.count { $0.historyLength > recommender.historyLimit },
            methods: try statistics.rows(), comparisons: try statistics.comparisons(of: .icd),
            samples: samples, seed: seed, outcomes: users)
    }

    /// The users that are asked about, in the order of the data set, with the items that the model knows.
    private func histories(
        of dataset: InteractionDataset, _ recommender: Recommender
    ) throws -> [(user: Int, history: [Int])] {
        let catalogue = recommender.catalogue
        let indices = dataset.items.map { catalogue.index(ofID: $0.id) }
        var known = dataset.users.indices.map { user in
            let items = dataset.history(user).compactMap { indices[$0] }
            return (user: user, history: historyLength.map { Array(items.suffix($0)) } ?? items)
        }
        known.removeAll { $0.history.isEmpty || Set($0.history).count == catalogue.items.count }
        guard !known.isEmpty else {
            throw AnnotationError.format(
                path: dataset.path,
                reason:
                    "none of its \(NumberWording.count(dataset.users.count, "user")) has an item that the model knows. "
                    + "Is it the data set of this model?")
        }
        var generator = SplitMix64(seed: seed)
        known.shuffle(using: &generator)
        return known.prefix(userCount).sorted { $0.user < $1.user }
    }
}
