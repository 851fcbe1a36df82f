import Testing
import WhenceDiscovery

@testable import WhenceRendering

@Suite("A file of a graph that is wrong is refused with the place")
struct GraphFileErrorTests {
    private static let cases: [(GraphFormat, String, String)] = [
        (.json, "{", "valid JSON"),
        (
            .json, "{\"schema\": \"whence.graph/1\",\n\"nodes\": [\"A\"]\n\"edges\": []}",
            "line 3: expected valid JSON"
        ),
        (
            .json, #"{"schema": "whence.explanation/1"}"#,
            "schema: “whence.explanation/1”; expected “whence.graph/1”"
        ),
        (.json, #"{"schema": "whence.graph/1", "edges": []}"#, "\"nodes\" is missing"),
        (.json, graph(#"["A", "A"]"#, ""), "nodes[1]: “A” is a node already"),
        (
            .json, graph(#"["A"]"#, edge("A", "B", "tail", "arrow")),
            "edges[0].b: “B” is none of the file's nodes"
        ),
        (.json, graph(#"["A"]"#, edge("A", "A", "tail", "arrow")), "edges[0]: an edge from “A” to itself"),
        (
            .json,
            graph(#"["A", "B"]"#, edge("A", "B", "tail", "arrow") + "," + edge("B", "A", "tail", "arrow")),
            "edges[1]: a second edge between “A” and “B”, after edges[0]"
        ),
        (
            .json, graph(#"["A", "B"]"#, edge("A", "B", "tail", "head")),
            "markAtB is “head”; expected tail, arrow or circle"
        ),
        (
            .json,
            graph(#"["A", "B"]"#, edge("A", "B", "tail", "arrow").replacing("}", with: #", "pValue": 2}"#)),
            "edges[0].pValue: expected a number from 0 to 1"
        ),
        (
            .json, #"{"schema": "whence.graph/1", "nodes": ["A"], "latents": ["L"], "edges": []}"#,
            "latents[0]: “L” is none"
        ),
        (.tetrad, "Graph Edges:\n1. A --> B\n", "line 1: “Graph Edges:” before “Graph Nodes:”"),
        (.tetrad, "A --> B\n", "there is no line “Graph Nodes:”"),
        (.tetrad, tetrad("1. A B"), "line 4: “1. A B”; expected an edge"),
        (.tetrad, tetrad("1. A -> B"), "line 4: “->” is no edge; expected one of ---"),
        // pywhy-graphs writes o-o without a mark.
        (.tetrad, tetrad("1. A  B"), "line 4"),
        (.tetrad, tetrad("1. A >-< B"), "“>-<” is no edge"),
        (.tetrad, tetrad("1. A --> C"), "line 4: “C” is none of the file's nodes"),
        (
            .tetrad, tetrad("1. A --> B\n2. B o-o A"),
            "line 5: a second edge between “A” and “B”, after line 4"
        ),
        (.tetrad, tetrad("1. A --> B really"), "line 4: “really” behind the edge"),
        (.tetrad, "Graph Nodes:\nA;B;A\n", "line 2: “A” is a node already"),
        (.tetrad, "Node labels:\nt1 = \"\\x\"\n\nGraph Nodes:\nt1\n", "line 2: the label is no string"),
        (.dot, "A -> B", "line 1: “A”; expected graph or digraph"),
        (.dot, "digraph {\n A -> \n}", "line 3: “}”; expected a node or a subgraph"),
        (.dot, "digraph {\n A -- B\n}", "line 2: “--” in a digraph; expected “->”"),
        (.dot, "graph {\n A -> B\n}", "line 2: “->” in a graph; expected “--”"),
        (.dot, "digraph {\n A -> B [arrowhead=diamond]\n}", "line 2: arrowhead is “diamond”; expected none"),
        (.dot, "digraph {\n A -> B [dir=sideways]\n}", "dir is “sideways”"),
        (.dot, "digraph {\n A -> B\n B -> A\n}", "line 3: a second edge between “A” and “B”, after line 2"),
        (.dot, "digraph { A -> A }", "from “A” to itself"),
        (.dot, "digraph {\n A [label=\"x\n", "line 2: the text in quotation marks has no end"),
        (.dot, "digraph { A [label=<<b>x</b>", "the text in angle brackets has no end"),
        (.dot, "digraph { /* A", "the comment /* has no end"),
        (.dot, "digraph { A", "the file ends; expected a statement or }"),
        (.dot, "digraph { } digraph { }", "“digraph”; expected the end of the file"),
        (.dot, "digraph { A [label] }", "“]”; expected ="),
        (.dot, "digraph { 1A -> B }", "“1” begins no number"),
        (.dot, "digraph { A ! B }", "“!” begins no word of DOT"),
        (.dot, "digraph " + String(repeating: "{ ", count: 100), "subgraphs nest more than 64 deep"),
        (.graphml, "<graphml>", "no well-formed XML"),
        (.graphml, "", "there is no <graph>"),
        (.graphml, "<svg/>", "line 1: the document begins with <svg>; expected <graphml>"),
        (.graphml, graphML("<node id=\"A\">"), "line 2: the document is no well-formed XML"),
        (.graphml, graphML("<node/>"), "line 2: a <node> without an id"),
        (.graphml, graphML("<node id=\"A\"/><node id=\"A\"/>"), "line 2: “A” is a node already"),
        (.graphml, graphML("<node id=\"A\"/>\n<edge source=\"A\" target=\"B\"/>"), "line 3: “B” is none"),
        (.graphml, graphML("<edge source=\"A\"/>"), "an <edge> without source or target"),
        (.graphml, graphML("<hyperedge/>"), "a <hyperedge>"),
        (.graphml, graphML("<node id=\"A\"><data key=\"d9\">x</data></node>"), "<data> of the key “d9”"),
        (.graphml, "<graphml><graph/></graphml>", "edgedefault of the <graph>"),
        (
            .graphml, "<graphml><key id=\"k\"/><x><node><data key=\"k\">v</data></node></x></graphml>",
            "there is no <graph>"
        ),
        (
            .graphml, "<graphml><key id=\"k\"><x><graph><data key=\"k\">v</data></graph></x></key></graphml>",
            "there is no <graph>"
        ),
        (
            .graphml,
            "<graphml><key \"><key id=\"k\"/><graph><node><data key=\"k\">v</data></node></graph></graphml>",
            "no well-formed XML"
        ),
        (.graphml, graphML("<graph edgedefault=\"directed\"/>"), "a <graph> inside a <graph>"),
        (
            .graphml, "<graphml><graph edgedefault=\"directed\"/><graph edgedefault=\"directed\"/></graphml>",
            "a second <graph>"
        ),
        (
            .graphml, "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"b\">\n]>\n" + graphML(""),
            "line 2: the document declares an entity"
        ),
        (.nodeLink, "{}", "\"nodes\" is missing"),
        (.nodeLink, #"{"nodes": []}"#, "neither “edges” nor “links”"),
        (.nodeLink, #"{"nodes": [], "edges": [], "links": []}"#, "both “edges” and “links”"),
        (.nodeLink, #"{"nodes": [{}], "edges": []}"#, "nodes[0]: \"id\" is missing"),
        (
            .nodeLink, #"{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}"#,
            "links[0]: “2” is none"
        ),
        (
            .nodeLink,
            #"{"nodes": [{"id": 1}, {"id": 2}], "edges": [{"source": 1, "target": 2, "mark_source": "tail"}]}"#,
            "the edge has mark_source, but no mark_target"
        ),
        (.nodeLink, #"{"nodes": [{"id": 1, "role": "cause"}], "edges": []}"#, "the role is “cause”"),
        (.dag, #"{"nodes": ["A"], "edges": [["A"]]}"#, "edges[0]: 1 name; expected two"),
        (.dag, #"{"nodes": ["A", "B"], "edges": [["A", "B"], ["B", "A"]]}"#, "edges[1]: a second edge"),
        (.pcalg, "", "the file is empty"),
        (.pcalg, "0,1\n", "line 1: 2 numbers; expected 1"),
        (.pcalg, "A,B,C\n0,1,2\n", "line 1: 3 names for 1 row;"),
        (.pcalg, "A,B,C\n", "there are no rows of numbers"),
        (
            .pcalg, "0,1\n0,0\n",
            "entries (1, 2) and (2, 1) in lines 1 and 2: 1 and 0; expected both or neither"
        ),
        (.pcalg, "A,B\n0,4\n3,0\n", "entries (1, 2) and (2, 1) in lines 2 and 3: 4 is no mark"),
        (.pcalg, "1,2\n3,0\n", "line 1: 1 on the diagonal"),
        (.pcalg, "A,B\n0,x\n3,0\n", "line 2: column 2 holds “x”; expected a whole number"),
        (.pcalg, "0,1.5\n3,0\n", "line 1: column 2 holds “1.5”"),
        (.pcalg, "0,1e300\n3,0\n", "line 1: column 2 holds “1e300”"),
        (.pcalg, "\"\",A,B\nA,0,2\nC,3,0\n", "line 3: the row is named “C”; expected “B”"),
        (.pcalg, "A,A\n0,2\n3,0\n", "“A” is a node already"),
        (.pcalg, "\"A,B\n0,2\n3,0\n", "a cell in quotation marks has no end"),
        (.causalLearn, "0,4\n5,0\n", "causal-learn says that the nodes have two edges"),
        (.causalLearn, "0,3\n1,0\n", "3 is no mark; expected -1 (tail), 1 (arrowhead) or 2 (circle)"),
        (.pcalgCPDAG, "0,2\n1,0\n", "2 and 1; expected 0 and 1"),
        (.svg, "<svg/>", "a picture holds no graph"),
    ]

    private static func graph(_ nodes: String, _ edges: String) -> String {
        "{\"schema\": \"whence.graph/1\", \"nodes\": \(nodes), \"edges\": [\(edges)]}"
    }

    private static func edge(_ a: String, _ b: String, _ markAtA: String, _ markAtB: String) -> String {
        "{\"a\": \"\(a)\", \"b\": \"\(b)\", \"markAtA\": \"\(markAtA)\", \"markAtB\": \"\(markAtB)\"}"
    }

    private static func tetrad(_ edges: String) -> String { "Graph Nodes:\nA;B\nGraph Edges:\n\(edges)\n" }

    private static func graphML(_ content: String) -> String {
        "<graphml><graph edgedefault=\"directed\">\n\(content)</graph></graphml>"
    }

    @Test("Each fault", arguments: cases.indices)
    func fault(index: Int) throws {
        let (format, text, message) = Self.cases[index]
        let error = #expect(throws: RenderingError.self) {
            try NamedGraph(reading: text, as: format, from: "the file")
        }
        let description = try #require(error).description
        #expect(description.hasPrefix("the file"), "\(description)")
        #expect(description.contains(message), "\(format.rawValue): \(description)")
    }

    @Test(
        "Text of no format, and matrices of several",
        arguments: [
            ("", "the file is empty"), ("hello", "there are no rows of numbers"),
            ("{}", "no format of a graph"),
            ("0,1\n2,0\n", "one graph as pcalg, another as causal-learn; say which it is with --from"),
            ("0,1\n1,0\n", "another as causal-learn, another as pcalg-cpdag"),
            ("0,7\n7,0\n", "follows neither pcalg nor causal-learn"),
        ])
    func unguessed(text: String, message: String) throws {
        let error = #expect(throws: RenderingError.self) { try GraphFormat.guess(text, path: "file.csv") }
        let description = try #require(error).description
        #expect(
            description.contains(message), "\(description)")
    }

    @Test("A matrix that only one convention allows needs no question")
    func onlyOne() throws {
        #expect(try GraphFormat.guess("0,1\n0,0\n", path: "-") == .pcalgCPDAG)
        #expect(try GraphFormat.guess("0,3\n2,0\n", path: "-") == .pcalg)
        #expect(try GraphFormat.guess("0 -1\n1 0\n", path: "-") == .causalLearn)
        #expect(try GraphFormat.guess("0,0\n0,0\n", path: "-") == .pcalg)
    }

    @Test("Bytes of every kind of file, cut anywhere, never end the program", arguments: GraphFormat.allCases)
    func cut(format: GraphFormat) throws {
        guard format.isReadable else { return }
        let kinds: [[Mark]] =
            format == .pcalgCPDAG || format == .dag ? [[.tail, .arrow]] : RandomNamedGraph.allKinds
        let graph = try RandomNamedGraph.make(
            names: ["A b", "B\"", "C", "D"], seed: 5, density: 0.8, kinds: kinds)
        let text = try graph.text(as: format)
        let whole = Array(text.unicodeScalars)
        for length in stride(from: 0, to: whole.count, by: max(1, whole.count / 150)) {
            let part = String(String.UnicodeScalarView(whole.prefix(length)))
            _ = try? NamedGraph(reading: part, as: format, from: "file")
            _ = try? GraphFormat.guess(part, path: "file")
        }
    }
}
