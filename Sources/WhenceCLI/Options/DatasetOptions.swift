public import ArgumentParser
public import Whence

extension InteractionFormat: ExpressibleByArgument {}
extension RankingTask.Split: ExpressibleByArgument {}

/// How a data set of interactions is read.
struct DatasetOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Format of the data set: \(InteractionFormat.names) (default: as its content tells).",
            valueName: "format"))
    var from: InteractionFormat?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Titles of the items (default: u.item, movies.dat, movies.csv, NAME.item or NAME.items.json beside).",
            valueName: "file"))
    var titles: String?

    @Option(name: .long, help: ArgumentHelp("Name of the users' column.", valueName: "name"))
    var userField: String?

    @Option(name: .long, help: ArgumentHelp("Name of the items' column.", valueName: "name"))
    var itemField: String?

    @Option(name: .long, help: ArgumentHelp("Name of the ratings' column.", valueName: "name"))
    var ratingField: String?

    @Option(name: .long, help: ArgumentHelp("Name of the times' column.", valueName: "name"))
    var timeField: String?

    @Option(name: .long, help: ArgumentHelp("Name of the titles' column.", valueName: "name"))
    var titleField: String?

    @Option(name: .long, help: ArgumentHelp("Name of the list of items in JSON lines.", valueName: "name"))
    var historyField: String?

    /// Reads a data set.
    func read(_ path: String) throws -> InteractionDataset {
        try InteractionDataset(
            path: path, format: from,
            fields: InteractionFields(
                user: userField, item: itemField, rating: ratingField, time: timeField, title: titleField,
                history: historyField),
            titles: titles)
    }
}
