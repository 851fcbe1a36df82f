public import WhenceLoader

/// The question that leave-one-out evaluation asks of every user: which item came next?
///
/// Items are those of a catalogue. For the test split the last item of a history is to be found behind all before
/// it; for the validation split the last is taken away first. Baselines learn from what stands before the items to
/// be found, of all users.
public struct RankingTask: Sendable, Hashable {
    /// Which item of a history is to be found.
    public enum Split: String, Sendable, Hashable, Codable, CaseIterable {
        /// The last.
        case test
        /// The last but one; the last is not looked at.
        case validation

        /// How many items at the end of a history are not learnt from.
        var withheld: Int { self == .test ? 1 : 2 }
    }

    /// What is asked of one user.
    public struct Question: Sendable, Hashable {
        /// The user, an index of the data set.
        public var user: Int
        /// The items that came before, oldest first: indices of the catalogue.
        public var history: [Int]
        /// The item that came next: an index of the catalogue.
        public var target: Int
    }

    /// The split.
    public let split: Split
    /// Number of items in the catalogue.
    public let itemCount: Int
    /// The questions, in order of the users.
    public let questions: [Question]
    /// What baselines learn from: the items of every user but those withheld, oldest first; items that the
    /// catalogue does not have are passed over.
    public let training: [[Int]]
    /// Users with too few items to ask about, counting those that the catalogue has.
    public let shortHistories: Int
    /// Users whose item to be found is not in the catalogue.
    public let unknownTargets: Int
    /// Interactions before the items to be found whose item is not in the catalogue; they are passed over.
    public let unknownInteractions: Int
    /// Users whose item to be found is in their history already. It stays among the candidates.
    public let repeatedTargets: Int

    /// Asks about every user of a data set.
    ///
    /// - Throws: `AnnotationError.format` if there is no user to ask about.
    public init(
        _ dataset: InteractionDataset, catalogue: ItemCatalogue, split: Split
    ) throws(AnnotationError) {
        let indices = dataset.items.map { catalogue.index(ofID: $0.id) }
        try self.init(dataset, itemCount: catalogue.items.count, indices: indices, split: split)
    }

    /// Asks about every user, given which item of the catalogue each of the data set is.
    init(
        _ dataset: InteractionDataset, itemCount: Int, indices: [Int?], split: Split
    ) throws(AnnotationError) {
        var questions: [Question] = []
        var training: [[Int]] = []
        var (short, strange, passedOver, repeated) = (0, 0, 0, 0)
        for user in dataset.users.indices {
            let items = dataset.history(user)
            let before = items.dropLast(split.withheld)
            let history = before.compactMap { indices[$0] }
            passedOver += before.count - history.count
            training.append(history)
            guard !history.isEmpty else {
                short += 1
                continue
            }
            guard let target = indices[items[before.endIndex]] else {
                strange += 1
                continue
            }
            if history.contains(target) { repeated += 1 }
            questions.append(Question(user: user, history: history, target: target))
        }
        guard !questions.isEmpty else {
            throw .format(
                path: dataset.path,
                reason:
                    "there is no user to ask about: of \(dataset.users.count), \(short) have too few items "
                    + "that the model knows, and of \(strange) it does not know the last one. Is it the data set "
                    + "of this model?")
        }
        self.split = split
        self.itemCount = itemCount
        self.questions = questions
        self.training = training
        shortHistories = short
        unknownTargets = strange
        unknownInteractions = passedOver
        repeatedTargets = repeated
    }
}
