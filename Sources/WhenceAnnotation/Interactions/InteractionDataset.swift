/// Who had to do with which item, in order of time: the histories of a data set's users.
///
/// An item that a history has twice stays there twice. Equal times keep the order of the file, as does everything
/// where the file has no times.
public struct InteractionDataset: Sendable, Hashable {
    /// One item.
    public struct Item: Sendable, Hashable {
        /// The data set's own id.
        public var id: String
        /// What a person calls it, if the data set says so.
        public var title: String?

        /// Makes an item.
        public init(id: String, title: String? = nil) {
            self.id = id
            self.title = title
        }
    }

    /// The file that the interactions come from, as messages name it.
    public let path: String
    /// How it is written.
    public let format: InteractionFormat
    /// The users' ids in order of their first interaction in the file. Everywhere else a user is its index here.
    public let users: [String]
    /// The items in order of the titles' file, then of their first interaction. Everywhere else an item is its
    /// index here.
    public let items: [Item]

    /// The first interaction of each user, and behind them the number of interactions.
    let starts: [Int]
    /// The items of all histories, one user's behind the other's.
    let sequence: [Int32]
    /// The time of each interaction, if the data set has times.
    let times: [Double]?
    /// The rating of each interaction, if the data set has ratings.
    let ratings: [Float]?

    private let indexOfUser: [String: Int]

    /// Puts interactions in order.
    init(path: String, format: InteractionFormat, columns: consuming InteractionColumns) {
        let starts = columns.order()
        let titles = columns.titles
        self.init(
            path: path, format: format, users: columns.userIDs.texts,
            items: columns.itemIDs.texts.enumerated().map { number, id in
                Item(id: id, title: number < titles.count ? titles[number] : nil)
            },
            starts: starts, sequence: columns.items, times: columns.times, ratings: columns.ratings)
    }

    /// A data set of values that are in order already.
    init(
        path: String, format: InteractionFormat, users: [String], items: [Item], starts: [Int],
        sequence: [Int32], times: [Double]?, ratings: [Float]?
    ) {
        self.path = path
        self.format = format
        self.users = users
        self.items = items
        self.starts = starts
        self.sequence = sequence
        self.times = times
        self.ratings = ratings
        indexOfUser = Dictionary(zip(users, users.indices)) { first, _ in first }
    }

    /// How many interactions there are.
    public var interactionCount: Int { sequence.count }

    /// Whether interactions have times.
    public var hasTimes: Bool { times != nil }

    /// Whether interactions have ratings.
    public var hasRatings: Bool { ratings != nil }

    /// Whether any item has a title.
    public var hasTitles: Bool { items.contains { $0.title != nil } }

    /// The number of interactions of a user.
    public func historyLength(_ user: Int) -> Int { starts[user + 1] - starts[user] }

    /// The items of a user, oldest first.
    ///
    /// - Parameter user: an index in `users`.
    public func history(_ user: Int) -> [Int] { sequence[starts[user]..<starts[user + 1]].map { Int($0) } }

    /// The user with an id.
    public func index(ofUser id: String) -> Int? { indexOfUser[id] }

    /// The items of a user, oldest first.
    ///
    /// - Parameter id: the user's id as the data set has it.
    /// - Throws: `AnnotationError.unknownUser`, with some users that there are.
    public func history(ofUser id: String) throws(AnnotationError) -> [Item] {
        guard let user = indexOfUser[id] else {
            throw .unknownUser(path: path, user: id, count: users.count, examples: Array(users.prefix(3)))
        }
        return history(user).map { items[$0] }
    }
}
