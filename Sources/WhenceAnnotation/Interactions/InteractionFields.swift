/// What the columns of a data set are called, where its format names them; `nil` for the names in common use.
public struct InteractionFields: Sendable, Hashable {
    /// The user's id.
    public var user: String?
    /// The item's id.
    public var item: String?
    /// The rating.
    public var rating: String?
    /// The time.
    public var time: String?
    /// The item's title; in JSON lines a list of titles beside the history.
    public var title: String?
    /// In JSON lines the list of item ids, oldest first.
    public var history: String?

    /// Makes names.
    public init(
        user: String? = nil, item: String? = nil, rating: String? = nil, time: String? = nil,
        title: String? = nil, history: String? = nil
    ) {
        self.user = user
        self.item = item
        self.rating = rating
        self.time = time
        self.title = title
        self.history = history
    }

    /// A column's role.
    enum Role: String { case user, item, rating, time, title }

    /// The names that a column may have, the most wanted first.
    func names(_ role: Role) -> [String] {
        switch role {
        case .user: user.map { [$0] } ?? ["userId", "user_id", "user", "uid", "userID", "UserID"]
        case .item:
            item.map { [$0] } ?? [
                "movieId", "item_id", "itemId", "item", "iid", "movie_id", "itemID", "MovieID", "id",
            ]
        case .rating: rating.map { [$0] } ?? ["rating", "score", "Rating"]
        case .time: time.map { [$0] } ?? ["timestamp", "time", "Timestamp", "unixReviewTime"]
        case .title:
            title.map { [$0] } ?? ["title", "movie_title", "name", "item_name", "item_title", "Title"]
        }
    }

    /// The column that a user names for a role, to be found at all costs.
    func demanded(_ role: Role) -> String? {
        switch role {
        case .user: user
        case .item: item
        case .rating: rating
        case .time: time
        case .title: title
        }
    }
}
