import ArgumentParser
import Foundation
import Whence

struct AnnotateSentimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentiment",
        abstract: "Explains what a classifier predicts for every text of a data set.",
        discussion: """
            Examples:
              whence annotate sentiment --input reviews.jsonl --output annotated.jsonl
              whence annotate sentiment --input reviews.csv.gz --text-field body -o reviews.db
              whence annotate sentiment --input texts/ -o texts.jsonl --fields prediction
              whence annotate sentiment --input reviews.jsonl -o annotated.jsonl --resume
              whence annotate sentiment --input reviews.jsonl -o part-3.jsonl --shard 3/16
              zcat reviews.gz | whence annotate sentiment --input - -o - | jq .prediction.label

            Reads JSON lines, CSV, TSV (quotes are literal), lines, or a folder of text files, plain or packed by gzip \
            or zstd. Writes one record a row, in the order of the input: what explain --format json gives, and the \
            row's other fields.

            A row that cannot be annotated becomes a record with an error, and the exit code is 1 at the end. Ctrl-C \
            and SIGTERM finish the rows in hand; after that, a kill or a full disk --resume goes on, and the output \
            is the same to the byte, unless --time-limit cut a search.
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp("The data set: a file or a folder; - is the standard input.", valueName: "path"))
    var input: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How the rows are written: \(RowFormat.names) (default: as name or content tell).",
            valueName: "format"))
    var inputFormat: RowFormat?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The field of the texts (default: text, sentence, review or content).", valueName: "name"))
    var textField: String?

    @Flag(
        name: .long,
        help: "Explain the beginning of texts that are too long for the model, instead of refusing them.")
    var truncate = false

    @OptionGroup(title: "Output") var annotation: AnnotationOptions
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Model") var labels: LabelOptions
    @OptionGroup(title: "Causal graph") var graph: GraphOptions
    @OptionGroup(title: "Causal graph") var nodes: NodeOptions
    @OptionGroup(title: "Explanations") var search: SearchOptions

    func run() async throws {
        var settings = ExplanationSettings()
        graph.apply(to: &settings)
        nodes.apply(to: &settings)
        search.apply(to: &settings)
        let stop = StopRequest()
        let rows = try RowReader(
            path: input, format: inputFormat, question: .text(field: textField), stop: stop)
        let classifier = try await labels.classifier(model)
        let annotator = try SentimentAnnotator(
            classifier, settings: settings, detail: annotation.fields, truncates: truncate)
        let identity = try RunIdentity(
            version: WhenceCommand.version, task: .sentiment, model: classifier.identity,
            settings: annotator.settings, detail: annotation.fields, input: InputIdentity(path: input),
            options: [
                "format of the input": rows.format.rawValue, "field of the texts": textField ?? "automatic",
                "cut of long texts": truncate ? "on" : "off",
                "names of the labels": classifier.model.configuration.labels.joined(separator: ","),
                "tokenizer": labels.tokenizer.rawValue,
            ],
            shard: annotation.shard?.description)
        let run = AnnotationRun(
            annotator: annotator, identity: identity,
            plan: annotation.plan, noun: "labels",
            stopsAtBadRows: annotation.failFast, checkpointInterval: .seconds(annotation.checkpointInterval),
            threads: model.threads, isQuiet: model.quiet, stop: stop)
        try await run.run(rows, shard: annotation.shard)
    }
}
