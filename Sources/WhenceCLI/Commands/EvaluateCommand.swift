import ArgumentParser
import Foundation
import Whence

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures a model against labelled data.",
        subcommands: [
            EvaluateAccuracyCommand.self, EvaluateRankingCommand.self, EvaluateRecommendationCommand.self,
        ]
    )
}

struct EvaluateAccuracyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuracy",
        abstract: "Measures how often a classifier is right.",
        discussion: """
            Examples:
              whence evaluate accuracy --input dev.tsv
              whence evaluate accuracy --input reviews.tsv --text-field review --label-field stars --format json

            The file has one header line and tab-separated columns, as GLUE writes SST-2: quotes have no \
            meaning. Labels are indices or names of the model's labels.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(
        name: .long,
        help: ArgumentHelp("The labelled sentences; - is the standard input.", valueName: "file.tsv"))
    var input: String

    @Option(name: .long, help: ArgumentHelp("Header of the column with the sentences.", valueName: "name"))
    var textField = "sentence"

    @Option(name: .long, help: ArgumentHelp("Header of the column with the labels.", valueName: "name"))
    var labelField = "label"

    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Model") var labels: LabelOptions

    @Option(name: .long, help: "Output: text or json.")
    var format = Format.text

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try output.check()
        let classifier = try await labels.classifier(model)
        let sentences = try LabelledSentences(
            path: input, textField: textField, labelField: labelField,
            labels: classifier.model.configuration.labels)
        let clock = ContinuousClock()
        let start = clock.now
        let report = try AccuracyReport(sentences, classifier: classifier, threads: model.threads)
        let seconds = start.duration(to: clock.now) / .seconds(1)
        switch format {
        case .json:
            let document = Document(
                model: classifier.identity, input: sentences.path, report: report, seconds: seconds)
            try output.write(jsonText(of: document))
        case .text:
            try output.write(Self.table(report, sentences: sentences, classifier.identity, seconds: seconds))
        }
    }

    /// The JSON document `whence.accuracy/1`.
    private struct Document: Encodable {
        var schema = "whence.accuracy/1"
        var model: ModelIdentity
        var input: String
        var report: AccuracyReport
        var seconds: Double
    }

    private static func table(
        _ report: AccuracyReport, sentences: LabelledSentences, _ model: ModelIdentity, seconds: Double
    ) -> String {
        func percent(_ share: Double) -> String { String(format: "%.2f %%", share * 100) }
        let width = max(10, report.labels.map(\.label.escapedForDisplay.count).max() ?? 0) + 2
        func row(_ cells: [String]) -> String {
            cells.enumerated().map { index, cell in
                let padding = String(repeating: " ", count: max(0, (index == 0 ? width : 14) - cell.count))
                return index == 0 ? cell + padding : padding + cell
            }.joined()
        }
        var lines = [
            "\(model.name)\(model.precision == "fp32" ? "" : " in \(model.precision)") on \(sentences.path)",
            "",
            "accuracy       \(percent(report.accuracy))   (\(report.correct) of \(report.sentences))",
            "95 % interval  \(percent(report.interval[0])) to \(percent(report.interval[1]))   (Wilson)",
            "cross-entropy  \(String(format: "%.4f", report.crossEntropy)) nats",
            "",
            row(["label", "sentences", "recall", "precision"]),
        ]
        lines += report.labels.map {
            row([$0.label.escapedForDisplay, "\($0.support)", percent($0.recall), percent($0.precision)])
        }
        lines += [
            "",
            String(format: "%.2f s, ", seconds)
                + Int((Double(report.sentences) / max(seconds, 1e-9)).rounded()).counted("sentence")
                + " a second",
        ]
        if report.cutSentences > 0 {
            lines.append(
                report.cutSentences.counted(
                    "sentence was longer than the model takes; its end was not seen.",
                    plural: "sentences were longer than the model takes; their ends were not seen."))
        }
        return lines.map(\.escapedForDisplay).joined(separator: "\n") + "\n"
    }
}
