import ArgumentParser
import Whence

struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Writes what the deepest attention layer saw, as HDF5.",
        discussion: """
            Examples:
              whence extract --input sentences.txt --output attention.h5
              whence extract --input dev.tsv --output dev.h5 --model my-bert

            The input has one text a line; a file whose name ends in .tsv has a header line, and the texts in \
            its column "sentence". The output has a group for each text, /0, /1, …, with the attributes text and \
            pieces and the datasets token_ids, offsets, logits, attention, values, context and hidden; the whole file \
            has the attribute precision.
            """
    )

    @Option(name: .long, help: ArgumentHelp("The texts; - is the standard input.", valueName: "file"))
    var input: String

    @Option(
        name: [.long, .customShort("o")], help: ArgumentHelp("The HDF5 file to write.", valueName: "file.h5"))
    var output: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Header of the texts' column in a .tsv file (default: sentence).", valueName: "name"))
    var textField: String?

    @Flag(name: .long, help: "Replace the output file if it exists.")
    var force = false

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Model") var labels: LabelOptions

    func validate() throws {
        if output == "-" {
            throw ValidationError("HDF5 is written to a file, not a pipe: name one with --output.")
        }
        if textField != nil, !TextLines.hasHeader(input) {
            throw ValidationError(
                "--text-field goes with a file whose name ends in .tsv; of others every line is a text.")
        }
    }

    func run() throws {
        try Output.check(output, force: force)
        let texts = try TextLines(path: input, textField: textField ?? "sentence")
        let folder = try labels.folder(model)
        let tokenizer = try folder.tokenizer(labels.tokenizer)
        let transformer = try Transformer(folder, precision: model.precision)
        let workspace = try Workspace(threads: model.threads)
        let writer = try TraceWriter(output, precision: model.precision)
        for row in texts.rows {
            let text = try tokenizer.encode(
                row.text, maximumLength: transformer.configuration.maximumTokenCount)
            if let unseen = text.unseen, !model.quiet {
                Diagnostics.note(
                    "\(texts.path), line \(row.line): longer than the model takes; "
                        + "bytes \(unseen.lowerBound) to \(unseen.upperBound) were not seen.")
            }
            guard !text.tokens.isEmpty else {
                throw AnnotationError.line(
                    path: texts.path, line: row.line, reason: "the text has no token that the model reads.")
            }
            let trace = try transformer.trace(text.ids, in: workspace)
            try writer.append(
                text: row.text, pieces: text.tokens.map(\.piece), tokenIDs: text.ids,
                offsets: text.tokens.map(\.span), logits: trace.logits, attention: trace.attention,
                values: trace.values, context: trace.context, hidden: trace.hidden)
        }
        try writer.finish()
        if !model.quiet {
            let manner = model.precision == .float32 ? "" : ", computed in \(model.precision.rawValue)"
            Diagnostics.note("\(output): wrote \(writer.count.counted("text"))\(manner).")
        }
    }
}
