import ArgumentParser
import Foundation
import Whence

struct LabCalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract:
            "Runs the interpreter on transformers whose causal graph is known, and says how right it is.",
        discussion: """
            Examples:
              whence lab calibrate
              whence lab calibrate --families chain,tree --seeds 10 --format svg -o calibration.svg
              whence lab calibrate --format json -o calibration.json

            For every family and seed a small transformer is trained. Over fresh sequences, the attention of its first \
            and of its deepest layer becomes graphs: by FCI, ICD and ordered ICD, and by three baselines. Precision, \
            recall and F1 are about adjacencies; marks is the share of right marks at the ends of right adjacencies; \
            SHD the number of pairs that are joined differently. Brackets: 95 % intervals of a bootstrap over seeds.

            Families: \(CalibrationFamily.allCases.map(\.rawValue).joined(separator: ", ")).
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, svg }

    @Option(
        name: .long, help: ArgumentHelp("Families of graphs, with commas (default: all).", valueName: "list"))
    var families: String?

    @Option(name: .long, help: ArgumentHelp("Transformers of each family.", valueName: "n"))
    var seeds = CalibrationSettings().seeds

    @Option(name: .long, help: ArgumentHelp("Steps of each training.", valueName: "n"))
    var steps = CalibrationSettings().steps

    @Option(name: .long, help: ArgumentHelp("Sequences of a training step.", valueName: "n"))
    var batch = CalibrationSettings().batchSize

    @Option(
        name: .long, help: ArgumentHelp("Fresh sequences to interpret for each transformer.", valueName: "n"))
    var sequences = CalibrationSettings().sequences

    @Option(name: .long, help: ArgumentHelp("Different tokens.", valueName: "n"))
    var vocabulary = CalibrationSettings().vocabulary

    @Option(name: .long, help: ArgumentHelp("Positions of a sequence.", valueName: "n"))
    var length = CalibrationSettings().length

    @Option(name: .long, help: ArgumentHelp("Level of the independence tests.", valueName: "p"))
    var alpha = CalibrationSettings().alpha

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Samples that the tests count with (default: the width of the layer's input).", valueName: "n"))
    var samples: Int?

    @Option(name: .long, help: ArgumentHelp("Independence tests of a graph at most.", valueName: "n"))
    var maxTests = CalibrationSettings().testLimit

    @Option(name: .long, help: ArgumentHelp("Threads of the training (default: all).", valueName: "n"))
    var threads: Int?

    @Option(name: .long, help: "Output: text, json or svg.")
    var format = Format.text

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads has to be 1 or more.") }
        _ = try calibration()
    }

    func run() async throws {
        try output.check()
        let calibration = try calibration()
        let line = ProgressLine(isShown: !quiet)
        let report: CalibrationReport
        do {
            defer { line.clear() }
            let steps = steps
            report = try calibration.run(threadCount: threads) { progress in
                let model = "\(progress.family.rawValue), seed \(progress.seed)"
                line.show(
                    progress.step.map { "\(model): \($0) of \(steps) steps" } ?? "\(model): interpreting")
            }
        }
        switch format {
        case .text: try output.write(CalibrationTable(report: report).text)
        case .json: try output.write(jsonText(of: Document(report: report)))
        case .svg: try output.write(CalibrationFigure(report: report).svg)
        }
    }

    /// - Throws: `ValidationError` for whatever is out of range.
    private func calibration() throws -> Calibration {
        var settings = CalibrationSettings()
        if let families {
            settings.families = try families.split(separator: ",").map { name in
                guard let family = CalibrationFamily(rawValue: String(name)) else {
                    let known = CalibrationFamily.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--families: there is no family \"\(name)\"; choose from \(known).")
                }
                return family
            }
        }
        settings.seeds = seeds
        settings.steps = steps
        settings.batchSize = batch
        settings.sequences = sequences
        settings.vocabulary = vocabulary
        settings.length = length
        settings.alpha = alpha
        settings.samples = samples
        settings.testLimit = maxTests
        do { return try Calibration(settings) } catch { throw ValidationError("\(error)") }
    }

    /// The JSON document `whence.calibration/1`.
    private struct Document: Encodable {
        var schema = "whence.calibration/1"
        var report: CalibrationReport
    }
}
