import Whence

/// A history whose items the recommender knows.
struct ResolvedHistory {
    /// Items as indices of the catalogue, the oldest first.
    var items: [Int] = []
    /// Whose history it is.
    var user: String?
    /// Ids of items of a data set that the catalogue does not have.
    var unknown: [String] = []
    /// What was guessed, a sentence each.
    var notes: [String] = []
}

/// Finds the items that a history names.
struct HistoryResolver {
    private let catalogue: ItemCatalogue

    init(_ catalogue: ItemCatalogue) { self.catalogue = catalogue }

    /// The items that titles and ids name, with a note for each title that was guessed.
    ///
    /// - Throws: `HistoryError` for a title that is none or several, and for an id that is none.
    func resolve(_ entries: [HistoryReference]) throws(HistoryError) -> ResolvedHistory {
        var history = ResolvedHistory()
        var titles: TitleIndex?
        for entry in entries {
            switch entry {
            case .id(let id):
                guard let index = catalogue.index(ofID: id) else { throw .unknownID(id, examples: examples) }
                history.items.append(index)
            case .title(let title):
                let index = titles ?? TitleIndex(catalogue)
                titles = index
                switch index.find(title) {
                case .item(let found): history.items.append(found)
                case .guess(let found):
                    let item = catalogue.items[found]
                    history.notes.append("“\(title)” is taken for “\(item.title)” (id:\(item.id)).")
                    history.items.append(found)
                case .several(let found): throw .ambiguous(title, found.map { catalogue.items[$0] })
                case .none(let nearest):
                    throw .unknownTitle(title, nearest: nearest.map { catalogue.items[$0] })
                }
            }
        }
        return history
    }

    /// The items of a user of a data set; those that the catalogue does not have are left out and named.
    ///
    /// - Throws: `HistoryError` for a user whom the data set does not have, and for a history of unknown items alone.
    func resolve(user: String, of dataset: InteractionDataset) throws(HistoryError) -> ResolvedHistory {
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

/// A history that names no item, or not only one.
enum HistoryError: Error {
    case ambiguous(String, [ItemCatalogue.Item])
    case unknownTitle(String, nearest: [ItemCatalogue.Item])
    case unknownID(String, examples: [String])
    case unknownUser(String, path: String, nearest: [String])
    case strangers(String, path: String, examples: [String], known: [String])
}

extension HistoryError: CustomStringConvertible {
    /// What was asked for, and what could be meant.
    var description: String {
        switch self {
        case .ambiguous(let title, let items):
            "“\(title)” may be any of \(items.count) titles:\n\(Self.list(items))\n"
                + "Give more of the title, or one of the ids as it stands here."
        case .unknownTitle(let title, let nearest):
            nearest.isEmpty
                ? "“\(title)” is no title of the catalogue, nor like any."
                : "“\(title)” is no title of the catalogue. The nearest are:\n\(Self.list(nearest))"
        case .unknownID(let id, let examples):
            "The catalogue has no item with the id \(id). Its ids are such as \(examples.joined(separator: ", "))."
        case .unknownUser(let user, let path, let nearest):
            "\(path): there is no user “\(user)”. The nearest are \(nearest.joined(separator: ", "))."
        case .strangers(let user, let path, let examples, let known):
            "\(path): the model knows no item of the history of user “\(user)”, which are such as "
                + "\(examples.joined(separator: ", ")); its own are such as \(known.joined(separator: ", "))."
        }
    }

    /// Most items listed.
    private static let listLength = 20

    private static func list(_ items: [ItemCatalogue.Item]) -> String {
        let shown = items.prefix(listLength)
        let width = shown.map(\.id.count).max() ?? 0
        var lines = shown.map { item in
            "  id:\(item.id)\(String(repeating: " ", count: width - item.id.count + 2))\(item.title)"
        }
        if items.count > shown.count { lines.append("  … and \(items.count - shown.count) more") }
        return lines.joined(separator: "\n")
    }
}
