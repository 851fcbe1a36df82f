import ArgumentParser
import Whence

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains one prediction.",
        subcommands: [ExplainSentimentCommand.self]
    )
}

struct ExplainSentimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentiment",
        abstract: "Explains what a classifier predicts for one text.",
        discussion: """
            Examples:
              whence explain sentiment "A charming and often affecting journey."
              whence explain sentiment --input review.txt --format json
              echo "Slow, but never dull." | whence explain sentiment
              whence explain sentiment "A tedious film." --heads pooled --format svg -o film.svg
              whence explain sentiment "Not bad." --model my-bert --heads pooled

            Prints the prediction, the smallest sets of words without which it would have been another, and \
            the causal graph of the text read from the model's deepest attention layer.
            """
    )

    @OptionGroup var input: TextInput
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Causal graph") var graph: GraphOptions
    @OptionGroup(title: "Explanations") var search: SearchOptions

    @Option(name: .long, help: "Output: text, json, dot, graphml, tetrad or svg.")
    var format = OutputFormat.text

    @Flag(name: .long, help: "List every link in text, not the first twelve of each kind.")
    var full = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try output.check()
        let text = try input.read()
        var settings = ExplanationSettings()
        graph.apply(to: &settings)
        search.apply(to: &settings)
        let explainer = try await SentimentExplainer(
            model.classifier(), settings: settings, threads: model.threads)
        let explanation = try await explained(text, by: explainer)
        if let unseen = explanation.input.unseenFrom, !model.quiet, format != .text {
            Diagnostics.note(
                "the text is longer than the model takes: bytes \(unseen) to \(text.utf8.count) were not seen."
            )
        }
        let style = TextStyle(
            colour: output.isTerminal && Terminal.hasColour, width: output.isTerminal ? Terminal.width : 80,
            rowLimit: full ? nil : 12)
        try output.write(render(explanation, as: format, style: style))
    }

    private func explained(_ text: String, by explainer: SentimentExplainer) async throws
        -> SentimentExplanation
    {
        let line = ProgressLine(isShown: !model.quiet)
        defer { line.clear() }
        return try await explainer.explain(text) { line.show(Self.sentence($0)) }
    }

    private static func sentence(_ progress: ExplanationProgress) -> String {
        switch progress {
        case .graphs(let done, let all): "\(done) of \(all) graphs learnt"
        case .sets(let verified, let size):
            "\(verified) sets of words tried, now \(size) \(size == 1 ? "word" : "words") each"
        }
    }
}
