import Foundation
import Testing
import WhenceDiscovery
import WhenceExplanation
import WhenceTestSupport

@testable import WhenceRendering

/// Files that the real libraries wrote; `Tests/Fixtures/graph-formats/make.py` says how.
@Suite("Graphs that other libraries wrote")
struct ForeignGraphTests {
    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: Repository.fixture("graph-formats/\(name)")), as: UTF8.self)
    }

    private func edges(_ graph: NamedGraph) -> [String] {
        graph.graph.edges.map { "\(graph.names[$0.a]) \($0.marks) \(graph.names[$0.b])" }
    }

    @Test(
        "The same graph from every library, its format recognised",
        arguments: [
            ("causal-learn.txt", GraphFormat.tetrad), ("causal-learn.dot", .dot),
            ("causal-learn.csv", .causalLearn), ("causal-learn.savetxt", .causalLearn),
            ("causal-learn.printed", .causalLearn), ("networkx.graphml", .graphml),
            ("networkx-drawn.graphml", .graphml), ("networkx.json", .nodeLink),
            ("networkx-links.json", .nodeLink), ("tetrad-like.dot", .dot), ("tetrad-like.txt", .tetrad),
            ("pcalg.csv", .pcalg), ("graphviz.dot", .dot),
        ])
    func same(file: String, format: GraphFormat) throws {
        let text = try text(file)
        #expect(try GraphFormat.guess(text, path: file) == format)
        let graph = try NamedGraph(reading: text, as: format, from: file)
        // Written as their libraries write them, causes first; ours are in node order.
        let expected = try self.text("expected.txt").split(separator: "\n").map(Samples.namedEdge)
        var wanted = MixedGraph(nodeCount: 6)
        for edge in expected { wanted.connect(edge) }
        #expect(graph.names.sorted() == RandomNamedGraph.plain(6))
        let other = try NamedGraph(names: RandomNamedGraph.plain(6), graph: wanted)
        let difference = try GraphDifference(other, graph)
        #expect(difference.isEmpty, "\(difference.text())")
    }

    @Test("A directed graph without marks is made of causes, an undirected one of lines")
    func unmarked() throws {
        let directed = try NamedGraph(
            reading: text("networkx-directed.graphml"), as: .graphml, from: "directed")
        #expect(edges(directed) == ["A --> B", "B --> C"])
        let undirected = try NamedGraph(
            reading: text("networkx-undirected.json"), as: .nodeLink, from: "undirected")
        #expect(edges(undirected) == ["A --- B", "B --- C"])
    }

    @Test("“A --> B” says that A causes B, in every format")
    func direction() throws {
        let files: [(GraphFormat, String)] = [
            (.tetrad, "Graph Nodes:\nA;B\n\nGraph Edges:\n1. A --> B\n"),
            (.dot, "digraph { A -> B }"),
            (.dot, "graph { A -- B [dir=forward] }"),
            (.dot, "digraph { A -> B [dir=both, arrowtail=none, arrowhead=normal] }"),
            (.dot, "digraph { B -> A [dir=back] A }"),
            // pcalg's manual, amatType: amat[a,b] = 2 and amat[b,a] = 3 implies a --> b.
            (.pcalg, "\"\",\"A\",\"B\"\n\"A\",0,2\n\"B\",3,0\n"),
            // The same page: amat[a,b] = 0 and amat[b,a] = 1 implies a --> b.
            (.pcalgCPDAG, "\"\",\"A\",\"B\"\n\"A\",0,0\n\"B\",1,0\n"),
            // causal-learn's GeneralGraph.add_directed_edge(A, B): graph[B, A] = 1, graph[A, B] = -1.
            (.causalLearn, "A,B\n0,-1\n1,0\n"),
            (.dag, #"{"nodes": ["A", "B"], "edges": [["A", "B"]]}"#),
            (
                .json,
                #"{"schema": "whence.graph/1", "nodes": ["A", "B"], "edges": [{"a": "B", "b": "A", "markAtA": "arrow", "markAtB": "tail"}]}"#
            ),
            (
                .nodeLink,
                #"{"directed": true, "nodes": [{"id": "A"}, {"id": "B"}], "edges": [{"source": "A", "target": "B"}]}"#
            ),
            (
                .graphml,
                #"<graphml><graph edgedefault="directed"><node id="A"/><node id="B"/><edge source="A" target="B"/></graph></graphml>"#
            ),
        ]
        for (format, text) in files {
            let graph = try NamedGraph(reading: text, as: format, from: "file")
            let a = try #require(graph.names.firstIndex(of: "A"))
            let b = try #require(graph.names.firstIndex(of: "B"))
            #expect(graph.graph.mark(at: a, from: b) == .tail, "\(text)")
            #expect(graph.graph.mark(at: b, from: a) == .arrow, "\(text)")
        }
    }
}

extension Samples {
    /// Reads `X3 o-> X2`.
    static func namedEdge(_ line: Substring) -> Edge {
        let indexed = line.replacing("X", with: "")
        let edge = Samples.edge(String(indexed))
        return Edge(edge.a - 1, edge.markAtA, edge.markAtB, edge.b - 1)
    }
}
