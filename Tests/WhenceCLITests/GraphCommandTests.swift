import Foundation
import Testing
import WhenceTestSupport

@Suite("whence convert graph")
struct ConvertGraphTests {
    private static let tetrad = "Graph Nodes:\nA;B;C\n\nGraph Edges:\n1. A o-> B\n2. C o-> B\n"

    @Test("From the standard input to each format, and back")
    func formats() throws {
        for format in ["json", "dot", "graphml", "node-link", "pcalg", "causal-learn"] {
            let there = try BuiltProgram.run(
                ["convert", "graph", "-", "--to", format], input: Data(Self.tetrad.utf8))
            #expect(there.status == 0, "\(there.error)")
            let back = try BuiltProgram.run(
                ["convert", "graph", "-", "--from", format, "--to", "tetrad"], input: Data(there.output.utf8))
            #expect(back.output == Self.tetrad, "\(format): \(back.error)")
        }
        let picture = try BuiltProgram.run(
            ["convert", "graph", "-", "--to", "svg"], input: Data(Self.tetrad.utf8))
        #expect(picture.output.contains("<svg"))
    }

    @Test("What discover writes is converted")
    func discovered() throws {
        let correlations = Data("X,Y,Z\n1,0.6,0.36\n0.6,1,0.6\n0.36,0.6,1\n".utf8)
        let found = try BuiltProgram.run(
            ["discover", "--correlation", "-", "--samples", "500", "--format", "json"], input: correlations)
        let dot = try BuiltProgram.run(
            ["convert", "graph", "-", "--to", "dot"], input: Data(found.output.utf8))
        #expect(dot.status == 0, "\(dot.error)")
        #expect(dot.output.contains("penwidth=3.0"), "\(dot.output)")
    }

    @Test("A file appears whole, and is replaced only with --force")
    func output() throws {
        let folder = try TemporaryFolder()
        try Data(Self.tetrad.utf8).write(to: folder / "graph.txt")
        let arguments = [
            "convert", "graph", (folder / "graph.txt").path, "--to", "json", "-o",
            (folder / "graph.json").path,
        ]
        #expect(try BuiltProgram.run(arguments).status == 0)
        #expect(try BuiltProgram.run(arguments).status == 73)
        #expect(try BuiltProgram.run(arguments + ["--force"]).status == 0)
    }

    @Test(
        "Wrong input ends with one sentence and its exit code",
        arguments: [
            (
                "digraph {\n a -> b [arrowhead=box]\n}", ["--to", "json"], Int32(65),
                "standard input, line 2:"
            ),
            ("0,1\n1,0\n", ["--to", "json"], 64, "--from"),
            ("hello", ["--to", "json"], 64, "--from"),
            ("0,2\n2,0\n", ["--from", "pcalg", "--to", "dag"], 65, "dag cannot hold this graph"),
            ("", ["--to", "json", "--from", "svg"], 64, "No graph can be read from svg"),
            ("", ["--to", "yaml"], 64, "yaml"), ("", [], 64, "--to"),
        ])
    func wrong(input: String, options: [String], status: Int32, mention: String) throws {
        let run = try BuiltProgram.run(["convert", "graph", "-"] + options, input: Data(input.utf8))
        #expect(run.status == status, "\(run.error)")
        #expect(run.error.contains(mention), "\(run.error)")
        #expect(run.output.isEmpty)
    }

    @Test(
        "--check tells a legal graph from an illegal one, a sentence a reason",
        arguments: [
            (
                "A;B;C\n\nGraph Edges:\n1. A o-> B\n2. C o-> B\n", [], Int32(0),
                "a partial ancestral graph (PAG)"
            ),
            (
                "A;B;C\n\nGraph Edges:\n1. A --> B\n2. B --> C\n3. C --> A\n", [], 1,
                "A directed cycle: \u{201C}A\u{201D} --> "
            ),
            ("A;(B)\n\nGraph Edges:\n1. A --> B\n", [], 1, "is a latent variable"),
            ("A;B\n\nGraph Edges:\n1. A --> B\n", ["--kind", "mag"], 0, "maximal ancestral graph"),
            ("A;B\n\nGraph Edges:\n1. A --- B\n", ["--kind", "cpdag"], 0, "CPDAG"),
        ])
    func check(graph: String, options: [String], status: Int32, mention: String) throws {
        let run = try BuiltProgram.run(
            ["convert", "graph", "-", "--check"] + options, input: Data("Graph Nodes:\n\(graph)".utf8))
        #expect(run.status == status, "\(run.error)")
        #expect(run.output.contains(mention), "\(run.output)")
        #expect(run.error.isEmpty, "\(run.error)")
    }

    @Test("A file that is not there is missing input")
    func missing() throws {
        #expect(try BuiltProgram.run(["convert", "graph", "/nowhere.json", "--to", "dot"]).status == 66)
    }
}

@Suite("whence diff graph")
struct DiffGraphTests {
    private func diff(_ first: String, _ second: String, _ options: [String] = []) throws
        -> BuiltProgram.Result
    {
        let folder = try TemporaryFolder()
        try Data(first.utf8).write(to: folder / "first")
        return try BuiltProgram.run(
            ["diff", "graph", (folder / "first").path, "-"] + options, input: Data(second.utf8))
    }

    @Test("The same graph in two formats is no difference")
    func same() throws {
        let run = try diff("digraph { A -> B }", "\"\",\"B\",\"A\"\n\"B\",0,3\n\"A\",2,0\n")
        #expect(run.status == 0 && run.output.isEmpty, "\(run.output)\(run.error)")
    }

    @Test("A difference is listed, with exit code 1 and nothing on the standard error")
    func different() throws {
        let run = try diff("digraph { A -> B }", "digraph { B -> A; C }")
        #expect(run.status == 1)
        #expect(run.output.contains("> node C\n! A --> B  |  A <-- B\n"), "\(run.output)")
        #expect(run.error.isEmpty, "\(run.error)")
        let json = try diff("digraph { A -> B }", "digraph { B -> A; C }", ["--format", "json"])
        #expect(json.status == 1)
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(document["same"] as? Bool == false)
    }

    @Test("Names of nodes that would steer a terminal are shown by their signs")
    func controlCharacters() throws {
        func graph(_ edge: String) -> String {
            #"{"schema": "whence.graph/1", "nodes": ["\u001b[2JA", "\u009b31mB", "C\u202e"], "edges": ["#
                + edge + "]}"
        }
        let first = #"{"a": "\u001b[2JA", "b": "\u009b31mB", "markAtA": "tail", "markAtB": "arrow"}"#
        let second = #"{"a": "\u001b[2JA", "b": "C\u202e", "markAtA": "tail", "markAtB": "arrow"}"#
        let run = try diff(graph(first), graph(second))
        #expect(run.status == 1, "\(run.error)")
        for line in ["< ␛[2JA --> ⟨U+009B⟩31mB", "> ␛[2JA --> C⟨U+202E⟩"] {
            #expect(run.output.contains(line), "\(run.output)")
        }
        #expect(!run.output.unicodeScalars.contains { ["\u{1B}", "\u{9B}", "\u{202E}"].contains($0) })
    }

    @Test("Two standard inputs are one too many")
    func twice() throws {
        #expect(try BuiltProgram.run(["diff", "graph", "-", "-"]).status == 64)
    }
}
