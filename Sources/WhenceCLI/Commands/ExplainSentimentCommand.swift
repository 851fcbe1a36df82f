import ArgumentParser
import Whence

struct ExplainSentimentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sentiment",
        abstract: "Explains what a classifier predicts for one text.",
        discussion: """
            Examples:
              whence explain sentiment "A charming and often affecting journey."
              whence explain sentiment --input review.txt --format json
              echo "Slow, but never dull." | whence explain sentiment
              whence explain sentiment "Tedious." --heads pooled --format svg -o film.svg
              whence explain sentiment "Not bad." --model my-bert --heads pooled

            Prints the prediction, the smallest sets of words without which it would have been another, and \
            the causal graph of the text read from the model's deepest attention layer.
            """
    )

    @OptionGroup var input: TextInput
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Model") var labels: LabelOptions
    @OptionGroup(title: "Causal graph") var graph: GraphOptions
    @OptionGroup(title: "Causal graph") var nodes: NodeOptions
    @OptionGroup(title: "Explanations") var search: SearchOptions

    @OptionGroup(title: "Output") var report: ReportOptions

    func run() async throws {
        try report.output.check()
        let text = try input.read()
        var settings = ExplanationSettings()
        graph.apply(to: &settings)
        nodes.apply(to: &settings)
        search.apply(to: &settings)
        let explainer = try await SentimentExplainer(
            labels.classifier(model, identifiedBy: report.format.modelEvidence), settings: settings,
            threads: model.threads)
        let explanation = try await ExplanationProgressLine.showing(unit: "word", isShown: !model.quiet) {
            try await explainer.explain(text, progress: $0)
        }
        if let unseen = explanation.input.unseen, !model.quiet, report.format != .text {
            Diagnostics.note(
                "the text is longer than the model takes: "
                    + "bytes \(unseen.lowerBound) to \(unseen.upperBound) were not seen.")
        }
        try report.output.write(render(explanation, as: report.format, style: report.style))
        Diagnostics.succeed(keeping: explainer)
    }
}
