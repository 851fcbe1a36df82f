import Foundation
import Testing
import WhenceRendering

@Suite("Where the panels of a figure lie, and what large ones are made of")
struct PanelLayoutTests {
    private func occurrences(of part: String, in text: String) -> Int {
        text.components(separatedBy: part).count - 1
    }

    @Test("A large matrix has a bar for every run of one colour, and thin lines within its parts")
    func bars() {
        let row = [Double](repeating: 0, count: 30) + [Double](repeating: 1, count: 30)
        let map = HeatMap(
            title: "Large", rows: [[Double]](repeating: row, count: 30), range: 0...1, rowBreaks: [10],
            fineRowBreaks: [4], fineColumnBreaks: [4])
        let text = LaboratoryFigure(title: "a", subtitle: "b", rows: [[.heatMap(map)]]).svg()
        #expect(occurrences(of: "fill=\"#f7f8fa\"", in: text) == 30 + 1)
        #expect(occurrences(of: "width=\"300\"", in: text) == 2 * 30)
        #expect(occurrences(of: "<title>", in: text) == 0 && occurrences(of: "class=\"fine\"", in: text) == 1)
    }

    @Test("Panels stand below one another where rows are equally long")
    func columns() {
        func places(_ rows: [[FigurePanel]]) -> [String] {
            LaboratoryFigure(title: "a", subtitle: "b", rows: rows).svg().split(separator: "\n")
                .compactMap { $0.split(separator: "translate(").dropFirst().first }
                .map { String($0.prefix { $0 != " " }) }
        }
        func panel(_ width: Int) -> FigurePanel {
            .heatMap(HeatMap(title: "", rows: [[Double](repeating: 0, count: width)], cell: 20))
        }
        let aligned = places([[panel(10), panel(2)], [panel(20), panel(2)]])
        #expect(aligned == ["28", "464", "28", "464"])
        let ragged = places([[panel(10), panel(2)], [panel(20)]])
        #expect(ragged == ["28", "264", "28"])
    }
}
