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

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Take the history of --user from a data set: MovieLens, RecBole, CSV, SASRec or JSON lines.",
            valueName: "path"))
    var dataset: String?

    @Option(name: .long, help: ArgumentHelp("A user of the data set.", valueName: "id"))
    var user: String?

    func validate() throws {
        switch [history, items, input, dataset].count(where: { $0 != nil }) {
        case 0:
            throw ValidationError(
                "Give a history: with --history, --items, --input, or --dataset and --user.")
        case 1: break
        default:
            throw ValidationError(
                "Give one history: --history, --items, --input and --dataset exclude each other.")
        }
        guard (dataset == nil) == (user == nil) else {
            throw ValidationError("--dataset and --user go together.")
        }
    }

    /// The history, as far as the catalogue knows its items.
    func resolve(_ catalogue: ItemCatalogue) throws -> ResolvedHistory {
        let resolver = HistoryResolver(catalogue)
        guard let dataset, let user else { return try resolver.resolve(entries()) }
        return try resolver.resolve(user: user, of: InteractionDataset(path: dataset))
    }

    /// What was given, one entry an item.
    private func entries() throws -> [HistoryReference] {
        if let items { return HistoryReference.parts(items, at: ",").map(HistoryReference.id) }
        if let input {
            let lines = try TextFile.read(input).replacing("\r\n", with: "\n")
            return HistoryReference.parts(lines, at: "\n").map { HistoryReference($0) }
        }
        return HistoryReference.parts(history ?? "", at: ";").map { HistoryReference($0) }
    }
}
