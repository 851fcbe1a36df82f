import Testing
import WhenceDiscovery
import WhenceExplanation

@testable import WhenceRendering

@Suite("The grammar of DOT")
struct DOTReaderTests {
    private func lines(_ text: String) throws -> [String] {
        let graph = try NamedGraph(reading: text, as: .dot, from: "file")
        let isolated = graph.names.indices.filter { graph.graph.degree(of: $0) == 0 }.map { graph.names[$0] }
        return isolated + graph.graph.edges.map { "\(graph.names[$0.a]) \($0.marks) \(graph.names[$0.b])" }
    }

    @Test(
        "Statements",
        arguments: [
            ("digraph { a -> b -> c }", ["a --> b", "b --> c"]),
            ("strict digraph \"my graph\" { a; b a -> b }", ["a --> b"]),
            ("DiGraph 7 { a -> { b c } }", ["a --> b", "a --> c"]),
            ("digraph { {a b} -> subgraph s { c; d } }", ["a --> c", "a --> d", "b --> c", "b --> d"]),
            ("digraph { subgraph s { a } subgraph s { b } subgraph s {} -> c }", ["a --> c", "b --> c"]),
            (
                "digraph { edge [dir=both, arrowtail=odot] a -> b; c -> d [arrowtail=none] }",
                ["a o-> b", "c --> d"]
            ),
            ("digraph { { edge [dir=none] a -> b } c -> d }", ["a --- b", "c --> d"]),
            ("digraph { a -> b [dir=back] c -> d [dir=none] }", ["a <-- b", "c --- d"]),
            ("digraph { a:n -> b:p:se }", ["a --> b"]),
            ("digraph { rankdir=LR; graph [x=1]; node [shape=box] a }", ["a"]),
            ("graph { a -- b -- c }", ["a --- b", "b --- c"]),
            ("graph { a -- b [dir=both arrowhead=odot; arrowtail=vee,] }", ["a <-o b"]),
            ("digraph { // a\n/* b\n*/ c # no comment here\n}", []),
            ("# preprocessor\ndigraph { a }", ["a"]),
            ("digraph { \"a \\\"b\\\"\" -> \"two\\\nlines\" }", ["a \"b\" --> twolines"]),
            ("digraph { \"a\" + \"b\" -> c }", ["ab --> c"]),
            ("digraph { -1.5 -> .5 -> 3. }", ["-1.5 --> .5", ".5 --> 3."]),
            ("digraph { é_1 -> 映画 }", ["é_1 --> 映画"]),
            ("digraph { 0 [label=X]; 1 [label=Y]; 0 -> 1 }", ["X --> Y"]),
            ("digraph { 0 [label=X]; 1 [label=X]; 0 -> 1 }", ["0 --> 1"]),
            ("digraph { node [label=\"\\N!\"] a -> b }", ["a! --> b!"]),
            ("digraph { a [label=\"x &amp; &#233;&lt;&bogus;\\\\\"] }", ["x & é<&bogus;\\"]),
            ("digraph { a [label=<<b>bold</b>>] }", ["a"]),
            ("digraph { a -> b [style=invis]; a -> c [style=\"dashed, invis\"]; b -> c }", ["a", "b --> c"]),
            ("digraph { a -> b; subgraph cluster_legend { x -> y; { z } } }", ["a --> b"]),
            ("digraph { a -> b [mark_source=circle, mark_target=tail] }", ["a o-- b"]),
        ])
    func statements(text: String, expected: [String]) throws {
        if text.contains("no comment here") {
            #expect(throws: RenderingError.self) { try lines(text) }
        } else {
            #expect(try lines(text) == expected)
        }
    }

    @Test("What whence explain writes is read, one graph or several")
    func explanations() throws {
        for (_, explanation) in Samples.all {
            for graph in explanation.graphs {
                for (format, text) in [
                    (GraphFormat.dot, graph.dot(alpha: 0.01)), (.graphml, graph.graphML()),
                    (.tetrad, graph.tetradText()),
                ] {
                    let read = try NamedGraph(reading: text, as: format, from: "file")
                    #expect(read.names.count == graph.nodes.count)
                    let wanted = graph.edges.map { Edge($0.a, $0.markAtA, $0.markAtB, $0.b) }
                    #expect(read.graph.edges == wanted, "\(format.rawValue)")
                }
            }
            let together = try NamedGraph(reading: explanation.graphs.dot(), as: .dot, from: "file")
            #expect(together.graph.edgeCount == explanation.graphs.reduce(0) { $0 + $1.edges.count })
        }
    }
}
