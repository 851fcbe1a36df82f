import ArgumentParser
import Foundation
import Whence

/// Where the history of a recommendation comes from.
struct HistoryOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Titles, the oldest first, with ; between them.", valueName: "title; title; …"))
    var history: String?

    @Option(
        name: .long, help: ArgumentHelp("Ids of items, the oldest first.", valueName: "id,id,…"))
    var items: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Read titles from a file (UTF-8), one a line; - is the standard input.", valueName: "file"))
    var input: String?

    func validate() throws {
        switch [history, items, input].count(where: { $0 != nil }) {
        case 0: throw ValidationError("Give a history: with --history, --items or --input.")
        case 1: break
        default: throw ValidationError("Give one history: --history, --items and --input exclude each other.")
        }
    }

    /// What was given, one entry an item.
    func entries() throws -> [HistoryEntry] {
        if let items { return Self.parts(items, at: ",").map(HistoryEntry.id) }
        if let input {
            return try Self.parts(TextFile.read(input).replacing("\r\n", with: "\n"), at: "\n").map(
                HistoryEntry.init)
        }
        return Self.parts(history ?? "", at: ";").map(HistoryEntry.init)
    }

    /// The parts that are not empty, without the space around them.
    private static func parts(_ list: String, at separator: Character) -> [String] {
        list.split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty
        }
    }
}

/// One item of a history as it was given.
enum HistoryEntry {
    case title(String)
    case id(String)

    /// A title, or an id after `id:`.
    init(_ text: String) {
        if text.hasPrefix("id:") {
            self = .id(text.dropFirst(3).trimmingCharacters(in: .whitespaces))
        } else {
            self = .title(text)
        }
    }
}
