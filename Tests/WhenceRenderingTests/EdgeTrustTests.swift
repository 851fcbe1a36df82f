import Testing
import WhenceDiscovery

@testable import WhenceRendering

@Suite("Edges are drawn the wider the more they are trusted")
struct EdgeTrustTests {
    @Test(
        "Width from a p-value",
        arguments: [
            (0.01, 1.0), (0.02, 1.0), (1, 1.0), (1e-3, 1.5), (1e-4, 2), (1e-6, 3), (1e-300, 3), (0, 3),
        ])
    func pValue(pValue: Double, width: Double) {
        #expect(EdgeTrust(pValue: pValue).width(alpha: 0.01) == width)
    }

    @Test("Width from a stability, which goes before the p-value", arguments: [(0, 1.0), (0.5, 2), (1, 3)])
    func stability(share: Double, width: Double) {
        #expect(EdgeTrust(pValue: 0.01, stability: share).width(alpha: 0.01) == width)
        #expect(EdgeTrust(stability: share).width(alpha: nil) == width)
    }

    @Test("Nothing known, no width")
    func unknown() {
        #expect(EdgeTrust().width(alpha: 0.01) == nil)
        #expect(EdgeTrust(pValue: 0.001).width(alpha: nil) == nil)
        #expect(EdgeTrust(pValue: .nan).width(alpha: 0.01) == nil)
        #expect(EdgeTrust(pValue: 0).width(alpha: 0) == nil)
    }

    @Test("SVG and DOT draw the same widths, and their legends say what they mean")
    func pictures() throws {
        var graph = MixedGraph(nodeCount: 3)
        graph.connect(Edge(0, .tail, .arrow, 1))
        graph.connect(Edge(1, .circle, .circle, 2))
        let named = try NamedGraph(
            names: ["A", "B", "C"], graph: graph, trust: [EdgeTrust(pValue: 0), EdgeTrust(pValue: 0.009)],
            alpha: 0.01)
        let (svg, dot) = (try named.text(as: .svg), try named.text(as: .dot))
        #expect(svg.contains("stroke-width:3px") && svg.contains("stroke-width:1px"))
        #expect(dot.contains("penwidth=3.0") && dot.contains("penwidth=1.0"))
        for picture in [svg, dot] { #expect(picture.contains("The wider a line")) }
        let plain = try NamedGraph(names: ["A", "B", "C"], graph: graph)
        for picture in [try plain.text(as: .svg), try plain.text(as: .dot)] {
            #expect(!picture.contains("penwidth") && !picture.contains("The wider a line"))
            #expect(!picture.contains("px\""))
        }
    }

    @Test("A graph from a file is drawn without a target, a head or a sentence")
    func variables() throws {
        let graph = try RandomNamedGraph.make(names: RandomNamedGraph.plain(7), seed: 4, isTrusted: true)
        let outline = try XMLOutline(graph.text(as: .svg))
        let texts = outline.all("text").map(\.text)
        for name in graph.names { #expect(texts.contains(name)) }
        #expect(!texts.contains { $0.contains("prediction") || $0.contains("ead") && $0.contains("pooled") })
        let edges = outline.all("g").filter { $0.attributes["class"]?.hasPrefix("edge") == true }
        let meanings = Set(graph.graph.edges.map { OrientedEdge($0).meaning })
        #expect(edges.count == graph.graph.edgeCount + meanings.count)
    }
}
