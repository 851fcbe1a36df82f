import ArgumentParser
import Foundation
import Whence

struct LabFigureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figure",
        abstract:
            "Trains what a figure of the paper needs, draws it, and sets its numbers beside the published ones.",
        discussion: """
            Examples:
              whence lab figure 9 -o figures
              whence lab figure all -o figures --seed 3
              whence lab figure 2 6 -o figures --paper

            Figures of Nichani, Damian and Lee 2024, by the experiments of their code: 2, latent trees beside learnt \
            attention; 5, two parents and two heads; 6 and 7, the matrices and losses behind 2 and 5; 8, a \
            transformer with value matrices and MLPs; 9, attention to the true parent over 20 random trees. Each \
            becomes figure-N.svg and figure-N.html, a page that needs nothing else; several also become figures.html, \
            which leads to them. all takes about 17 minutes of processor time, so nine on two idle cores; --paper takes \
            the paper's numbers of steps, and about 45.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Argument(help: ArgumentHelp("2, 5, 6, 7, 8, 9 or all.", valueName: "figure"))
    var figures: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for the figures; made if it is not there.", valueName: "folder"))
    var output: String

    @Flag(name: .long, help: "Replace figures that exist.")
    var force = false

    @Flag(name: .long, help: "Take the paper's numbers of steps.")
    var paper = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Steps of every training run instead.", valueName: "n"))
    var steps: Int?

    @Flag(
        name: .long,
        help: "For figure 9, draw trees from the seed instead of taking those of the paper's code.")
    var drawnTrees = false

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("What all chance follows from.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
        name: .long, parsing: .unconditional, help: ArgumentHelp("Threads (default: all).", valueName: "n"))
    var threads: Int?

    @Flag(name: .long, help: "Say nothing on the standard error but errors.")
    var quiet = false

    @Option(name: .long, help: "Numbers as text or json.")
    var format = Format.text

    func validate() throws {
        if figures.isEmpty { throw ValidationError("Name a figure: 2, 5, 6, 7, 8, 9 or all.") }
        for figure in figures where figure != "all" {
            guard let number = Int(figure), LabFigureMaker.numbers.contains(number) else {
                throw ValidationError("There is no figure “\(figure)”: give 2, 5, 6, 7, 8, 9 or all.")
            }
        }
        try ThreadCount.validate(threads)
        if paper, steps != nil { throw ValidationError("--paper settles the steps; leave --steps out.") }
    }

    private var numbers: [Int] {
        figures.contains("all")
            ? LabFigureMaker.numbers : LabFigureMaker.numbers.filter { figures.contains("\($0)") }
    }

    func run() async throws {
        let folder = URL(filePath: output)
        let index = numbers.count > 1 ? "figures.html" : nil
        let names =
            numbers.flatMap { ["figure-\($0).svg", "figure-\($0).html"] } + (index.map { [$0] } ?? [])
        do {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        } catch {
            throw OutputError(path: output, reason: "the folder cannot be made")
        }
        for name in names { try Output.check(folder.appending(path: name).path, force: force) }
        let progress = ProgressLine(isShown: !quiet)
        defer { progress.clear() }
        var maker = LabFigureMaker(
            seed: seed, isPaper: paper, steps: steps, trees: drawnTrees ? .drawn : .published,
            threads: threads,
            progress: progress)
        var document = Document(seed: seed, figures: [])
        var pages: [LaboratoryPage] = []
        for number in numbers {
            guard let figure = try await maker.figure(number) else { continue }
            let path = folder.appending(path: figure.fileName("svg")).path
            let page = figure.page
            try Output.write(figure.drawing.svg(), to: path, force: force)
            try Output.write(
                page.html(index: index), to: folder.appending(path: page.fileName).path, force: force)
            pages.append(page)
            document.figures.append(
                .init(
                    figure: number, file: path, page: folder.appending(path: page.fileName).path,
                    measurements: figure.measurements))
            progress.clear()
            if format == .text { try Output.write(Self.text(figure, path: path), to: nil, force: false) }
        }
        if let index {
            let text = LaboratoryPage.index(
                title: "Figures of the laboratory", introduction: LabFigure.introduction, pages: pages)
            try Output.write(text, to: folder.appending(path: index).path, force: force)
        }
        if format == .json { try Output.write(jsonText(of: document), to: nil, force: false) }
    }

    /// The JSON document `whence.figures/1`.
    private struct Document: Encodable {
        struct Figure: Encodable {
            var figure: Int
            var file: String
            var page: String
            var measurements: [LabFigure.Measurement]
        }

        var schema = "whence.figures/1"
        var seed: UInt64
        var figures: [Figure]
    }

    private static func text(_ figure: LabFigure, path: String) -> String {
        var table = TextTable()
        for entry in figure.measurements {
            let published = entry.published.map { "   published: \(LabFigure.text($0))" } ?? ""
            let reference = entry.reference.map { "   reference: \($0.text)" } ?? ""
            table.add("  " + entry.name, LabFigure.text(entry.measured) + published + reference)
        }
        return "Figure \(figure.number): \(path)\n" + table.lines.joined(separator: "\n") + "\n"
    }
}
