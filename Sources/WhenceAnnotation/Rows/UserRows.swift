internal import WhenceRendering

/// The histories of a data set of interactions, a row a user.
public struct UserRows: RowSource {
    private let dataset: InteractionDataset
    private var user = 0
    private var hasEnded = false

    /// Takes the users in the data set's order, which is that of their first interaction.
    public init(_ dataset: InteractionDataset) { self.dataset = dataset }

    /// The data set's name in messages.
    public var name: String { dataset.path }

    /// What share of the users has been read.
    public var progress: Double? {
        dataset.users.isEmpty ? 1 : Double(user) / Double(dataset.users.count)
    }

    /// The next user's history, by the data set's ids.
    ///
    /// - Throws: `AnnotationError.empty` if there is no user.
    public mutating func next() throws(AnnotationError) -> InputRow? {
        guard user < dataset.users.count else {
            defer { hasEnded = true }
            guard user > 0 || hasEnded else { throw .empty(path: name) }
            return nil
        }
        defer { user += 1 }
        let id = dataset.users[user]
        let history = dataset.history(user).map { HistoryReference.id(dataset.items[$0].id) }
        return InputRow(
            index: user, place: .init(file: name, line: nil),
            kept: [JSONField(name: "user", json: JSONString.encoded(id))],
            content: history.isEmpty
                ? .failure(RowProblem(.empty, "the history has no items."))
                : .success(.history(history, user: id)))
    }
}
