package import WhenceLoader

/// A history that names no item, or not only one.
package enum HistoryError: Error {
    case ambiguous(String, [ItemCatalogue.Item])
    case unknownTitle(String, nearest: [ItemCatalogue.Item])
    case unknownID(String, examples: [String])
    case unknownUser(String, path: String, nearest: [String])
    case strangers(String, path: String, examples: [String], known: [String])
}

extension HistoryError: CustomStringConvertible {
    /// What was asked for, and what could be meant.
    package var description: String {
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
