import Foundation
import Testing
import WhenceDiscovery

@testable import WhenceRendering

@Suite("Differences between graphs")
struct GraphDifferenceTests {
    private func graph(_ text: String) throws -> NamedGraph {
        try NamedGraph(reading: "Graph Nodes:\n" + text, as: .tetrad, from: "file")
    }

    @Test("Edges only here, only there, with other marks, and nodes")
    func all() throws {
        let first = try graph("A;B;C;D;(L)\n\nGraph Edges:\n1. A --> B\n2. B o-o C\n3. C <-> D\n")
        let second = try graph("D;C;B;A;L;E\n\nGraph Edges:\n1. B <-- A\n2. C <-o B\n3. A o-> D\n")
        let difference = try GraphDifference(first, second)
        #expect(difference.nodesOnlyInFirst.isEmpty)
        #expect(difference.nodesOnlyInSecond == ["E"])
        #expect(difference.otherRoles == ["L"])
        #expect(difference.sharedEdgeCount == 1)
        #expect(
            difference.text() == """
                > node E
                ! node L (observed, latent or selection)
                > A o-> D
                ! B o-o C  |  B o-> C
                < C <-> D
                # 1 edge only in the first, 1 only in the second, 1 with different marks, 1 the same
                # structural Hamming distance 3; of the second's edges, 67 % join what the first joins (precision); of the first's, 67 % are joined in the second (recall); 75 % of the marks at shared edges agree

                """)
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(difference.json().utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "whence.graph-difference/1")
        #expect(document["same"] as? Bool == false)
        #expect((document["edges"] as? [Any])?.count == 3)
        #expect(document["structuralHammingDistance"] as? Int == 3)
        #expect(document["markDistance"] as? Int == 3)
        let skeleton = try #require(document["skeleton"] as? [String: Any])
        #expect(skeleton["precision"] as? Double == 2.0 / 3 && skeleton["recall"] as? Double == 2.0 / 3)
        let arrowheads = try #require(document["arrowheads"] as? [String: Any])
        #expect(["correct", "spurious", "missing"].map { arrowheads[$0] as? Int } == [1, 1, 0])
    }

    @Test("Order of nodes and of an edge's ends make no difference")
    func order() throws {
        for seed in 0..<30 {
            let graph = try RandomNamedGraph.make(names: RandomNamedGraph.plain(8), seed: UInt64(seed))
            var turned = MixedGraph(nodeCount: 8)
            for edge in graph.graph.edges {
                turned.connect(Edge(7 - edge.a, edge.markAtA, edge.markAtB, 7 - edge.b))
            }
            let other = try NamedGraph(names: graph.names.reversed(), graph: turned)
            #expect(try GraphDifference(graph, other).isEmpty)
            #expect(try GraphDifference(graph, other).text() == "")
        }
    }

    @Test("A difference is seen from both sides")
    func symmetry() throws {
        for seed in 0..<30 {
            let first = try RandomNamedGraph.make(names: RandomNamedGraph.plain(6), seed: UInt64(seed))
            let second = try RandomNamedGraph.make(names: RandomNamedGraph.plain(6), seed: UInt64(seed + 100))
            let (forth, back) = (try GraphDifference(first, second), try GraphDifference(second, first))
            #expect(forth.onlyInFirst.count == back.onlyInSecond.count)
            #expect(forth.otherMarks.count == back.otherMarks.count)
            #expect(forth.comparison.skeleton.precision == back.comparison.skeleton.recall)
            #expect(forth.comparison.structuralHammingDistance == forth.edges.count)
            #expect(
                forth.onlyInFirst.count + forth.otherMarks.count + forth.sharedEdgeCount
                    == first.graph.edgeCount)
        }
    }
}
