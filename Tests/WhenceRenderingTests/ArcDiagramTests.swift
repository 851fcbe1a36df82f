import Testing
import WhenceExplanation
import WhenceLoader

@testable import WhenceRendering

@Suite("Arc diagram")
struct ArcDiagramTests {
    @Test("Words do not overlap, however many and however wide", arguments: [1, 3, 12, 40, 200])
    func wordsDoNotOverlap(count: Int) {
        let words = (0..<count).map { ["film", "a", "映画館", "extraordinarily", "👩‍👩‍👧‍👦"][$0 % 5] }
        let input = Samples.text(words.joined(separator: " "))
        let edges = (0..<count).map { "\($0) o-> \(count)" }
        let graph = Samples.graph(input, .pooled, edges: edges)
        let columns = ArcColumns(graphs: [graph], input: input, minimumWidth: 600).columns
        #expect(columns.count == count + 1)
        for (left, right) in zip(columns, columns.dropFirst()) {
            #expect(left.center + left.width / 2 + 4 <= right.center - right.width / 2, "\(right.label)")
        }
        for column in columns {
            let ends = graph.edges.count { $0.a == column.node || $0.b == column.node }
            #expect(column.width >= Double(ends) * ArcColumns.portSpacing)
        }
    }

    @Test("Ends of arcs at one word are apart, and its arcs do not cross")
    func endsAreApart() {
        let input = Samples.text("a b c d e f g")
        let graph = Samples.graph(
            input, .pooled,
            edges: ["0 --> 3", "1 --> 3", "2 --> 3", "3 --> 4", "3 --> 5", "3 --> 7", "0 o-o 7"])
        let columns = ArcColumns(graphs: [graph], input: input, minimumWidth: 600)
        let arcs = ArcPanel(graph, columns: columns, widths: []).arcs
        let ends = arcs.flatMap { [$0.left, $0.right] }.sorted()
        for (first, second) in zip(ends, ends.dropFirst()) { #expect(second - first > 9) }
        for first in arcs {
            for second in arcs where first.left < second.left && second.left < first.right {
                let share = [first.edge.a, first.edge.b].contains {
                    [second.edge.a, second.edge.b].contains($0)
                }
                #expect(!share || second.right < first.right, "\(first.edge) crosses \(second.edge)")
                #expect(second.right > first.right || second.height < first.height)
            }
        }
    }

    @Test("A word that is no node stands in its place, without arcs")
    func plainWords() {
        let input = Samples.text("great , film")
        var graph = Samples.graph(input, .pooled, edges: [])
        graph.nodes.remove(at: 2)
        graph.nodes[2].index = 2
        let columns = ArcColumns(graphs: [graph], input: input, minimumWidth: 600).columns
        #expect(columns.map(\.label) == ["[CLS]", "great", ",", "film"])
        #expect(columns.map(\.node) == [0, 1, nil, 2])
    }

    @Test("One panel a graph with links; the others are named")
    func panels() throws {
        var sample = Samples.charming
        sample.graphs[1].edges = []
        let all = try XMLOutline(sample.svg())
        let headings = all.all("text").filter { $0.attributes["class"] == "head" }.map(\.text)
        #expect(headings == ["Head 0", "Head 2", "Head 3"])
        #expect(all.all("text").contains { $0.text == "No links in head 1." })
        let one = try XMLOutline(sample.svg(heads: [.head(3)]))
        #expect(one.all("text").filter { $0.attributes["class"] == "head" }.map(\.text) == ["Head 3"])
        #expect(one.all("g").filter { $0.attributes["class"]?.hasPrefix("edge") == true }.count == 6 + 4)
    }

    @Test("Without any graph the sentence is still there")
    func noGraph() throws {
        var sample = Samples.charming
        sample.graphs = []
        let outline = try XMLOutline(sample.svg())
        #expect(outline.all("text").contains { $0.text == "charming" })
    }

    @Test(
        "Coordinates have one decimal at most",
        arguments: [(1.0, "1"), (1.25, "1.3"), (-0.04, "0"), (1e3, "1000")])
    func numbers(value: Double, text: String) {
        #expect(SVGElement.number(value) == text)
    }
}
