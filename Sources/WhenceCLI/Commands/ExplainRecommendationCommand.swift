import ArgumentParser
import Whence

struct ExplainRecommendationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommendation",
        abstract: "Explains what a recommender recommends after one history.",
        discussion: """
            Examples:
              whence explain recommendation --history "Star Wars; Alien; The Godfather"
              whence explain recommendation --items 50,183,127 --format json
              whence explain recommendation --input watched.txt --format svg -o history.svg
              whence explain recommendation --dataset ml-100k --user 196
              whence explain recommendation --history "Fargo; id:183" --replacement delete
              whence explain recommendation --items 12,7 --model my-bert4rec --heads pooled

            Prints what is recommended, the smallest parts of the history without which something else would be, with \
            what that is, and the causal graph of the history read from the model's deepest attention layer. Items of \
            the history are never recommended, also while they are left out.

            A title is found in any case and spelling of accents and punctuation, with its article at either end, with \
            or without the year, and by a part of it or with a typing error where that leaves no doubt. id:50 is the \
            item with the id 50.
            """
    )

    @OptionGroup(title: "History") var history: HistoryOptions
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Causal graph") var graph: GraphOptions
    @OptionGroup(title: "Explanations") var search: SearchOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("How many of the best items are listed.", valueName: "k"))
    var top = ExplanationSettings().topItems

    @OptionGroup(title: "Output") var report: ReportOptions

    func run() async throws {
        try report.output.check()
        var settings = ExplanationSettings()
        graph.apply(to: &settings)
        search.apply(to: &settings)
        settings.topItems = top
        let recommender = try await model.recommender(identifiedBy: report.format.modelEvidence)
        let explainer = try RecommendationExplainer(
            recommender, settings: settings, threads: model.threads)
        let resolved = try history.resolve(recommender.catalogue)
        if !model.quiet { resolved.notes.forEach(Diagnostics.note) }
        let explanation = try await ExplanationProgressLine.showing(unit: "item", isShown: !model.quiet) {
            try await explainer.explain(
                resolved.items, user: resolved.user, unknownItems: resolved.unknown, progress: $0)
        }
        // Text says all this itself.
        if !model.quiet, report.format != .text { notes(on: explanation.input).forEach(Diagnostics.note) }
        try report.output.write(render(explanation, as: report.format, style: report.style))
        Diagnostics.succeed(keeping: explainer)
    }

    private func notes(on input: RecommendationInput) -> [String] {
        var notes: [String] = []
        if input.unseenCount > 0 {
            let all = input.history.count.grouped
            notes.append(
                "the history is longer than the model takes: its first "
                    + input.unseenCount.agreeing(
                        "item of \(all) was", "\(input.unseenCount.grouped) of \(all) items were")
                    + " not seen.")
        }
        if !input.unknownItems.isEmpty {
            notes.append(
                "the model does not know \(input.unknownItems.count.grouped) of the items in the history; "
                    + "\(input.unknownItems.count.agreeing("it is", "they are")) left out."
            )
        }
        return notes
    }
}
