import ArgumentParser
import Foundation
import Whence

struct EvaluateRecommendationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommendation",
        abstract: "Measures explanations of recommendations beside other ways to find them.",
        discussion: """
            Examples:
              whence evaluate recommendation --dataset ml-100k
              whence evaluate recommendation --model my-bert4rec --dataset ml-1m --users 500 --format json -o study.json
              whence evaluate recommendation --dataset ml-100k --methods cleann-icd,attention-greedy --history-length 50

            For each of N users the recommendation after the whole history is explained by each method: CLEANN on \
            ICD's and on FCI's graphs; CLEANN's search on random graphs with as many edges; items by attention, \
            taken away one after another (greedy) or in sets of the first 16 (subsets); items by what the score \
            loses without each alone (leave-one-out), one after another; and every set up to size 3 (exhaustive).

            Shown are the share of users whose recommendation changed, how many items that took, how high the item \
            recommended then ranked before, forward passes and time; with 95 % bootstrap intervals.
            """
    )

    @OptionGroup var options: RecommenderStudyOptions

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Users, drawn with --seed where there are more.", valueName: "n"))
    var users = MethodStudy().userCount

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Most items of a history: the last.", valueName: "n"))
    var historyLength: Int?

    @Option(name: .long, help: ArgumentHelp("Methods, with commas (default: all).", valueName: "names"))
    var methods: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Largest set of the exhaustive method.", valueName: "k"))
    var exhaustiveSize = 3

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Most forward passes of the exhaustive method for a user.", valueName: "n"))
    var maxExhaustive = 20_000

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Largest set of the other methods.", valueName: "k"))
    var maxSetSize = ExplanationSettings().maximumSetSize

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Most forward passes of the other methods for a user.", valueName: "n"))
    var maxForward = ExplanationSettings().maximumForwardPasses

    @Option(
        name: .long, help: "What takes an item's place: mask, pad or delete (default: the model's first).")
    var replacement: Replacement?

    @Option(name: .long, parsing: .unconditional, help: "Significance level of the independence tests.")
    var alpha = ExplanationSettings().alpha

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Heads: each, pooled, or numbers such as 0,3.", valueName: "heads"))
    var heads = ExplanationSettings().heads

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("Bootstrap samples.", valueName: "n"))
    var bootstrapSamples = MethodStudy().samples

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Seed of users, bootstrap and random graphs.", valueName: "n"))
    var seed = MethodStudy().seed

    func validate() throws {
        for (name, value) in [
            ("users", users), ("history-length", historyLength ?? 1), ("exhaustive-size", exhaustiveSize),
            ("max-exhaustive", maxExhaustive),
        ] where value < 1 {
            throw ValidationError("--\(name) has to be 1 or more.")
        }
        try BootstrapSamples.validate(bootstrapSamples, of: "--bootstrap-samples")
        _ = try chosenMethods()
    }

    func run() async throws {
        try options.output.check()
        var study = MethodStudy()
        study.userCount = users
        study.historyLength = historyLength
        study.samples = bootstrapSamples
        study.seed = seed
        var settings = ExplanationSettings()
        settings.alpha = alpha
        settings.heads = heads
        settings.maximumSetSize = maxSetSize
        settings.maximumForwardPasses = maxForward
        settings.replacement = replacement
        let recommender = try await options.model.recommender()
        let contest = try MethodContest(
            recommender, settings: settings, methods: chosenMethods(), exhaustiveSetSize: exhaustiveSize,
            exhaustiveForwardPasses: maxExhaustive, threads: options.model.threads)
        let data = try options.data()
        let clock = ContinuousClock()
        let start = clock.now
        let line = ProgressLine(isShown: !options.model.quiet)
        let report = try await study.report(contest, of: recommender, on: data) { done, all in
            line.show("\(done) of \(all.counted("user")) explained")
        }
        line.clear()
        let seconds = start.duration(to: clock.now) / .seconds(1)
        let title = "\(recommender.identity.name) on \(data.path)"
        try options.write(
            Document(model: recommender.identity, dataset: data.path, report: report, seconds: seconds),
            text: MethodTable(title: title, report: report, seconds: seconds).text)
    }

    /// The methods asked for, each once.
    private func chosenMethods() throws -> [ExplanationMethod] {
        guard let methods else { return ExplanationMethod.allCases }
        let names = methods.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        var chosen: [ExplanationMethod] = []
        for name in names {
            guard let method = ExplanationMethod(rawValue: name), !chosen.contains(method) else {
                throw ValidationError(
                    "--methods: \"\(name)\" is no method, or named twice. There are: "
                        + ExplanationMethod.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            chosen.append(method)
        }
        return chosen
    }

    /// The JSON document `whence.methods/1`.
    private struct Document: Encodable {
        var schema = "whence.methods/1"
        var model: ModelIdentity
        var dataset: String
        var report: MethodReport
        var seconds: Double
    }
}
