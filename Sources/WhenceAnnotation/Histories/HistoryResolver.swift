internal import WhenceExplanation
package import WhenceLoader

/// A history whose items the recommender knows.
package struct ResolvedHistory: Sendable {
    /// Items as indices of the catalogue, the oldest first.
    package var items: [Int] = []
    /// Whose history it is.
    package var user: String?
    /// Ids of items of a data set that the catalogue does not have.
    package var unknown: [String] = []
    /// What was guessed, a sentence each.
    package var notes: [String] = []
}

/// Finds the items that histories name.
package struct HistoryResolver: Sendable {
    private let catalogue: ItemCatalogue
    private let titles: TitleIndex

    /// Reads the titles of a catalogue.
    package init(_ catalogue: ItemCatalogue) {
        self.catalogue = catalogue
        titles = TitleIndex(catalogue)
    }

    /// The item that a title or an id names, and whether a title was only guessed.
    ///
    /// - Throws: `HistoryError` for a title that is none or several, and for an id that is none.
    package func item(_ reference: HistoryReference) throws(HistoryError) -> (index: Int, isGuess: Bool) {
        switch reference {
        case .id(let id):
            guard let index = catalogue.index(ofID: id) else { throw .unknownID(id, examples: examples) }
            return (index, false)
        case .title(let title):
            switch titles.find(title) {
            case .item(let found): return (found, false)
            case .guess(let found): return (found, true)
            case .several(let found): throw .ambiguous(title, found.map { catalogue.items[$0] })
            case .none(let nearest):
                throw .unknownTitle(title, nearest: nearest.map { catalogue.items[$0] })
            }
        }
    }

    /// The items that titles and ids name, with a note for each title that was guessed.
    ///
    /// - Throws: as `item(_:)`.
    package func resolve(_ references: [HistoryReference]) throws(HistoryError) -> ResolvedHistory {
        var history = ResolvedHistory()
        for reference in references {
            let found = try item(reference)
            history.items.append(found.index)
            if found.isGuess, case .title(let title) = reference {
                let item = catalogue.items[found.index]
                history.notes.append("“\(title)” is taken for “\(item.title)” (id:\(item.id)).")
            }
        }
        return history
    }

    /// The items of a user of a data set; those that the catalogue does not have are left out and named.
    ///
    /// - Throws: `HistoryError` for a user whom the data set does not have, and for a history of unknown items alone.
    package func resolve(user: String, of dataset: InteractionDataset) throws(HistoryError) -> ResolvedHistory
    {
        guard let index = dataset.index(ofUser: user) else {
            throw .unknownUser(
                user, path: dataset.path, nearest: NearestNames.of(user, among: dataset.users, count: 5))
        }
        var history = ResolvedHistory(user: user)
        for item in dataset.history(index).map({ dataset.items[$0].id }) {
            if let index = catalogue.index(ofID: item) {
                history.items.append(index)
            } else {
                history.unknown.append(item)
            }
        }
        guard !history.items.isEmpty || history.unknown.isEmpty else {
            throw .strangers(
                user, path: dataset.path, examples: Array(history.unknown.prefix(5)), known: examples)
        }
        return history
    }

    private var examples: [String] { catalogue.items.prefix(5).map(\.id) }
}
