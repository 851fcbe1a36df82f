import ArgumentParser
import Foundation
import Whence

struct AnnotateRecommendationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommendation",
        abstract: "Explains what a recommender recommends after every history of a data set.",
        discussion: """
            Examples:
              whence annotate recommendation --input histories.jsonl --output annotated.jsonl
              whence annotate recommendation --dataset ml-100k -o explained.db
              whence annotate recommendation --dataset ml-1m --model my-sasrec -o part-1.jsonl --shard 1/4

            --input reads histories, a row each: JSON lines, CSV, TSV, lines, or a folder of text files with a history \
            each, plain or packed by gzip or zstd. A history is a list of ids, or titles with ; between them, the oldest first. --dataset reads interactions \
            and explains each user's history, without the items that the model does not know, which are named.

            Of a history that is longer than what the model reads the last items are seen. Everything else is as in \
            whence annotate sentiment.
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp("Histories: a file or a folder; - is the standard input.", valueName: "path"))
    var input: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Interactions: MovieLens, RecBole, CSV, SASRec or JSON lines; a file or a folder.",
            valueName: "path"))
    var dataset: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How the rows of --input are written: \(RowFormat.names) (default: as name or content tell).",
            valueName: "format"))
    var inputFormat: RowFormat?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How many of the best items are listed.", valueName: "k"))
    var top = ExplanationSettings().topItems

    @OptionGroup(title: "Output") var annotation: AnnotationOptions
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Causal graph") var graph: GraphOptions
    @OptionGroup(title: "Explanations") var search: SearchOptions
    @OptionGroup(title: "Data set") var reading: DatasetOptions

    func validate() throws {
        guard (input == nil) != (dataset == nil) else {
            throw ValidationError("Give the histories with --input, or interactions with --dataset.")
        }
        if dataset != nil, inputFormat != nil {
            throw ValidationError("--input-format says how --input is written; --from is that of --dataset.")
        }
    }

    func run() async throws {
        var settings = ExplanationSettings()
        graph.apply(to: &settings)
        search.apply(to: &settings)
        settings.topItems = top
        let recommender = try await model.recommender()
        let annotator = try RecommendationAnnotator(
            recommender, settings: settings, detail: annotation.fields,
            leavesOutUnknownItems: dataset != nil)
        var options = ["field of the histories": reading.historyField ?? "automatic"]
        let shard = annotation.shard
        let stop = StopRequest()
        if let input {
            let rows = try RowReader(
                path: input, format: inputFormat, question: .history(field: reading.historyField), stop: stop)
            options["format of the input"] = rows.format.rawValue
            let identity = try identity(
                recommender, annotator, input: InputIdentity(path: input), options)
            try await run(annotator, identity, stop).run(rows, shard: shard)
        } else if let dataset {
            let data = try reading.read(dataset)
            options["format of the input"] = data.format.rawValue
            // Which files of a folder are read is for the data set to know: what was read is what counts.
            let identity = try identity(recommender, annotator, input: InputIdentity(data), options)
            try await run(annotator, identity, stop).run(UserRows(data), shard: shard)
        }
    }

    private func identity(
        _ recommender: Recommender, _ annotator: RecommendationAnnotator, input: InputIdentity?,
        _ options: [String: String]
    ) throws -> RunIdentity {
        try RunIdentity(
            version: WhenceCommand.version, task: .recommendation, model: recommender.identity,
            settings: annotator.settings, detail: annotation.fields, input: input, options: options,
            shard: annotation.shard?.description)
    }

    private func run(
        _ annotator: RecommendationAnnotator, _ identity: RunIdentity, _ stop: StopRequest
    ) -> AnnotationRun {
        AnnotationRun(
            annotator: annotator, identity: identity, plan: annotation.plan,
            noun: "items", stopsAtBadRows: annotation.failFast,
            checkpointInterval: .seconds(annotation.checkpointInterval), threads: model.threads,
            isQuiet: model.quiet, stop: stop)
    }
}
