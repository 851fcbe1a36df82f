import ArgumentParser
import Whence

struct ConvertDatasetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Reads histories of users in one format and writes them in another.",
        discussion: """
            Examples:
              whence convert dataset ml-100k --to recbole -o ml.inter
              whence convert dataset ml-25m/ratings.csv --to sasrec --min-history 5 -o ml.txt
              whence convert dataset ml-1m --to jsonl --last 200 | head
              whence convert dataset plays.csv --user-field listener --item-field track --to jsonl -o plays.jsonl

            The data set is a file, or the folder of MovieLens as it is unpacked. Formats: ml-100k (u.data, u.item), \
            ml-1m (ratings.dat, movies.dat; 10M too), csv (ratings.csv, movies.csv of MovieLens 20M to 32M, and any \
            CSV with named columns), recbole (NAME.inter, NAME.item), sasrec (a user and an item a line), jsonl (a \
            user and the history a line).

            Interactions are written user by user in order of time; equal times keep the order of the file. Ids, \
            titles, times and ratings are carried where the format has a place for them, and what is lost is said. \
            sasrec numbers users and items from 1; NAME.items.json beside it says what the numbers mean, and is the \
            items.json of a model that is trained on them.
            """
    )

    @Argument(
        help: ArgumentHelp("The data set: a file or a folder; - reads the standard input.", valueName: "path")
    )
    var input: String

    @Option(name: .long, help: ArgumentHelp("Format to write.", valueName: "format"))
    var to: InteractionFormat

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Leave out interactions with a lower rating.", valueName: "r"))
    var minRating: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Take only the last interactions of a user.", valueName: "n"))
    var last: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Leave out users with fewer interactions.", valueName: "n"))
    var minHistory = 0

    @OptionGroup(title: "Data set") var dataset: DatasetOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    func validate() throws {
        if let minRating, !minRating.isFinite {
            throw ValidationError("--min-rating has to be a finite number, not \(minRating).")
        }
        if let last, last < 1 { throw ValidationError("--last has to be 1 or more.") }
        if minHistory < 0 { throw ValidationError("--min-history has to be 0 or more.") }
        if to == .sasRec, output.output == nil || output.output == "-" {
            throw ValidationError(
                "sasrec needs -o FILE: a second file beside it says what the numbers mean.")
        }
    }

    func run() throws {
        try output.check()
        let path = output.output ?? "-"
        let data = try dataset.read(input).filtered(
            minimumRating: minRating, last: last, minimumHistory: minHistory)
        let writer = InteractionWriter(data, as: to)
        let files = try writer.write(to: path, replaces: output.force)
        guard !quiet else { return }
        let place = path == "-" ? "" : " in \(files.joined(separator: " and "))"
        Diagnostics.note(
            "\(data.interactionCount.counted("interaction")) of \(data.users.count.counted("user"))\(place)")
        for sentence in writer.losses(to: path) { Diagnostics.note(sentence) }
    }
}
