import Whence

/// Finds the items that a history names.
struct HistoryResolver {
    private let catalogue: ItemCatalogue

    init(_ catalogue: ItemCatalogue) { self.catalogue = catalogue }

    /// The items as indices of the catalogue, and a note for each that was guessed.
    ///
    /// - Throws: `HistoryError` for a title that is none or several, and for an id that is none.
    func resolve(_ entries: [HistoryEntry]) throws(HistoryError) -> (items: [Int], notes: [String]) {
        var items: [Int] = []
        var notes: [String] = []
        var titles: TitleIndex?
        for entry in entries {
            switch entry {
            case .id(let id):
                guard let index = catalogue.index(ofID: id) else {
                    throw .unknownID(id, examples: catalogue.items.prefix(5).map(\.id))
                }
                items.append(index)
            case .title(let title):
                let index = titles ?? TitleIndex(catalogue)
                titles = index
                switch index.find(title) {
                case .item(let found): items.append(found)
                case .guess(let found):
                    notes.append(
                        "“\(title)” is taken for “\(catalogue.items[found].title)” "
                            + "(id:\(catalogue.items[found].id)).")
                    items.append(found)
                case .several(let found): throw .ambiguous(title, found.map { catalogue.items[$0] })
                case .none(let nearest):
                    throw .unknownTitle(title, nearest: nearest.map { catalogue.items[$0] })
                }
            }
        }
        return (items, notes)
    }
}

/// A history that names no item, or not only one.
enum HistoryError: Error {
    case ambiguous(String, [ItemCatalogue.Item])
    case unknownTitle(String, nearest: [ItemCatalogue.Item])
    case unknownID(String, examples: [String])
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
