import Foundation
import Testing

@testable import WhenceRendering

@Suite("Figures of the laboratory")
struct LaboratoryFigureTests {
    private func svg(_ panel: FigurePanel) -> String {
        LaboratoryFigure(title: "A & B", subtitle: "<small>", rows: [[panel]]).svg()
    }

    private func count(_ part: String, in text: String) -> Int {
        text.components(separatedBy: part).count - 1
    }

    @Test("A heat map has a cell for every finite number, the darkest for the greatest")
    func cells() throws {
        let map = HeatMap(
            title: "Weights", rows: [[0, 1], [.nan, 0.5]], rowBreaks: [1], columnBreaks: [1],
            rowParts: ["a", "b"], columnParts: ["c", "d"])
        let text = svg(.heatMap(map))
        #expect(count("<title>", in: text) == 3)
        #expect(text.contains("<title>0, 1: 1</title>") && text.contains("<title>1, 1: 0.5</title>"))
        #expect(text.contains("A &amp; B") && text.contains("&lt;small&gt;"))
        #expect(count("class=\"break\"", in: text) == 1)
        #expect(FigurePalette.cell(0) == "#f7f8fa" && FigurePalette.cell(1) == "#0a255c")
        #expect(
            FigurePalette.cell(-3) == FigurePalette.cell(0) && FigurePalette.cell(7) == FigurePalette.cell(1))
    }

    @Test("Colours get darker with every step")
    func colours() {
        func lightness(_ colour: String) -> Int {
            let value = Int(colour.dropFirst(), radix: 16) ?? 0
            return 2 * (value >> 16) + 7 * (value >> 8 & 255) + (value & 255)
        }
        let row = (0...40).map { lightness(FigurePalette.cell(Double($0) / 40)) }
        #expect(zip(row, row.dropFirst()).allSatisfy { $0 > $1 }, "\(row)")
    }

    @Test("A plot has its lines, its bands and its legend, and points outside the range lie on its edge")
    func lines() {
        let plot = LinePlot(
            title: "Loss", xLabel: "step", yLabel: "nats",
            lines: [
                .init(name: "model", points: [.init(x: 0, y: 2, deviation: 0.5), .init(x: 10, y: 9)]),
                .init(name: "Bayes", points: [.init(x: 0, y: 1), .init(x: 10, y: 1)], isReference: true),
            ], yRange: 0...4)
        let text = svg(.linePlot(plot))
        #expect(count("class=\"band\"", in: text) == 1)
        #expect(text.contains(">model</text>") && text.contains(">Bayes</text>"))
        #expect(text.contains("d=\"M56 144 L476 24\""), "\(text)")
        #expect(text.contains("line reference"))
    }

    @Test(
        "Ticks are round numbers within the range",
        arguments: [(0.0...1, 6), (1.76...2.31, 6), (0...16384, 9), (-3.0 ... -1, 5)])
    func ticks(range: ClosedRange<Double>, most: Int) {
        let ticks = LinePlot.ticks(range)
        #expect(ticks.count >= 4 && ticks.count <= most, "\(ticks)")
        #expect(ticks.allSatisfy { range.contains($0) })
    }

    @Test("Every document is XML, whatever the numbers are")
    func documents() throws {
        let panels: [FigurePanel] = [
            .heatMap(HeatMap(title: "empty", rows: [])),
            .heatMap(HeatMap(title: "equal", rows: [[2, 2], [2, 2]])),
            .linePlot(LinePlot(title: "empty", xLabel: "x", yLabel: "y", lines: [])),
            .linePlot(
                LinePlot(
                    title: "one", xLabel: "x", yLabel: "y",
                    lines: [.init(name: "point", points: [.init(x: 3, y: .infinity), .init(x: 3, y: 3)])])),
            .remarks(["a < b", "c"]),
        ]
        for panel in panels {
            let text = svg(panel)
            #expect(!text.contains("nan") && !text.contains("inf\""), "\(text)")
            #expect(try XMLOutline(text).elements.first?.name == "svg")
        }
    }
}
