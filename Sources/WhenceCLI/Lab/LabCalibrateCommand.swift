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
              whence lab calibrate --folder calibration

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

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Transformers of each family.", valueName: "n"))
    var seeds = CalibrationSettings().seeds

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Steps of each training.", valueName: "n"))
    var steps = CalibrationSettings().steps

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Sequences of a training step.", valueName: "n"))
    var batch = CalibrationSettings().batchSize

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Fresh sequences to interpret for each transformer.", valueName: "n"))
    var sequences = CalibrationSettings().sequences

    @Option(name: .long, parsing: .unconditional, help: ArgumentHelp("Different tokens.", valueName: "n"))
    var vocabulary = CalibrationSettings().vocabulary

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Positions of a sequence.", valueName: "n"))
    var length = CalibrationSettings().length

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Level of the independence tests.", valueName: "p"))
    var alpha = CalibrationSettings().alpha

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Samples that the tests count with (default: the width of the layer's input).", valueName: "n"))
    var samples: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Independence tests of a graph at most.", valueName: "n"))
    var maxTests = CalibrationSettings().testLimit

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Threads of the training (default: all).", valueName: "n"))
    var threads: Int?

    @Option(name: .long, help: "Output: text, json or svg.")
    var format = Format.text

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Also write calibration.txt, .json and .svg to a folder, made if it is not there.",
            valueName: "folder"))
    var folder: String?

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try ThreadCount.validate(threads)
        _ = try calibration()
    }

    func run() async throws {
        try output.check()
        let files = try filesInFolder()
        let report = try await report(of: calibration())
        for (format, path) in files {
            try Output.write(text(report, as: format), to: path, force: output.force)
        }
        try output.write(text(report, as: format))
    }

    private func report(of calibration: Calibration) async throws -> CalibrationReport {
        let line = ProgressLine(isShown: !quiet)
        defer { line.clear() }
        let (steps, threads) = (steps, threads)
        return try await interruptible {
            var place = "before the first training"
            do {
                return try calibration.run(threadCount: threads) { progress in
                    let model = "\(progress.family.rawValue), seed \(progress.seed)"
                    place = "in \(model)"
                    line.show(
                        progress.step.map { "\(model): \($0) of \(steps.counted("step"))" }
                            ?? "\(model): interpreting")
                }
            } catch is CancellationError {
                throw MeasurementInterrupted(
                    place: place, advice: "--families takes some of the families at a time.")
            }
        }
    }

    private func text(_ report: CalibrationReport, as format: Format) throws -> String {
        switch format {
        case .text: CalibrationTable(report: report).text
        case .json: try jsonText(of: Document(report: report))
        case .svg: CalibrationFigure(report: report).svg
        }
    }

    /// The files of `--folder`, which is made.
    private func filesInFolder() throws -> [(Format, String)] {
        guard let folder else { return [] }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw OutputError(path: folder, reason: "the folder cannot be made")
        }
        let files = [(Format.text, "txt"), (.json, "json"), (.svg, "svg")].map { format, ending in
            (format, URL(filePath: folder).appending(path: "calibration.\(ending)").path)
        }
        for (_, path) in files { try Output.check(path, force: output.force) }
        return files
    }

    /// - Throws: `ValidationError` for whatever is out of range.
    private func calibration() throws -> Calibration {
        var settings = CalibrationSettings()
        if let families {
            settings.families = try families.split(separator: ",", omittingEmptySubsequences: false).map {
                part in
                let name = part.trimmingCharacters(in: .whitespaces)
                guard let family = CalibrationFamily(rawValue: name) else {
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
