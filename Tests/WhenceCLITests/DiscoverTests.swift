import Foundation
import Testing
import WhenceTestSupport

@Suite("whence discover")
struct DiscoverTests {
    /// A hidden L drives B and C, each of which has a cause of its own.
    private static let dag = Data(
        """
        {"nodes": ["A", "B", "C", "D", "L"], "latents": ["L"],
         "edges": [["A", "B"], ["D", "C"], ["L", "B"], ["L", "C"]]}
        """.utf8)

    @Test("A known graph gives its partial ancestral graph", arguments: ["icd", "fci"])
    func oracle(algorithm: String) throws {
        let run = try BuiltProgram.run(
            ["discover", "--oracle", "-", "--algorithm", algorithm], input: Self.dag)
        #expect(run.status == 0, "\(run.error)")
        let edges = run.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(edges == ["A o-> B", "B <-> C", "C <-o D"])
    }

    @Test("The JSON document follows its schema")
    func json() throws {
        let correlations = Data("X,Y,Z\n1,0.6,0.36\n0.6,1,0.6\n0.36,0.6,1\n".utf8)
        let run = try BuiltProgram.run(
            ["discover", "--correlation", "-", "--samples", "500", "--format", "json"], input: correlations)
        #expect(run.status == 0, "\(run.error)")
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "whence.graph/1")
        #expect(document["status"] as? String == "complete")
        #expect(document["nodes"] as? [String] == ["X", "Y", "Z"])
        let edges = try #require(document["edges"] as? [[String: Any]])
        #expect(edges.map { "\($0["a"] ?? "") \($0["b"] ?? "")" } == ["X Y", "Y Z"])
        let separators = try #require(document["separatingSets"] as? [[String: Any]])
        #expect(separators.map { $0["set"] as? [String] } == [["Y"]])
    }

    @Test(
        "Wrong input is named with its place",
        arguments: [
            (["--oracle", "-"], #"{"nodes": ["a"], "edges": [["a", "b"]]}"#, Int32(65), "\u{201C}b\u{201D}"),
            (["--oracle", "-"], #"{"nodes": ["a", "b"], "edges": [["a", "b"], ["b", "a"]]}"#, 65, "cycle"),
            (["--oracle", "-"], "not JSON", 65, "standard input"),
            (["--correlation", "-", "--samples", "9"], "1,0.5\n0.4,1\n", 65, "not symmetric"),
            (["--correlation", "-", "--samples", "9"], "a,b\n1,x\n0.4,1\n", 65, "line 2: column 2"),
            (["--correlation", "-", "--samples", "9"], "1,0.5\n", 65, "square"),
            (["--correlation", "-"], "1\n", 64, "--samples"),
            ([], "", 64, "--oracle"),
        ])
    func wrong(arguments: [String], input: String, status: Int32, mention: String) throws {
        let run = try BuiltProgram.run(["discover"] + arguments, input: Data(input.utf8))
        #expect(run.status == status, "\(run.error)")
        #expect(run.error.contains(mention), "\(run.error)")
    }
}
