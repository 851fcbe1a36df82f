import Testing

@testable import WhenceDiscovery

@Suite("PC")
struct PCTests {
    @Test("With an oracle the graph is what all Markov-equivalent graphs share", arguments: 0..<8)
    func oracles(batch: Int) throws {
        for seed in batch * 10..<batch * 10 + 10 {
            var generator = SplitMix64(seed: UInt64(seed))
            let n = Int.random(in: 3...6, using: &generator)
            let density = Double.random(in: 0.3...0.8, using: &generator)
            let order = Array(0..<n).shuffled(using: &generator)
            var edges: [(parent: Int, child: Int)] = []
            for i in 0..<n {
                for j in i + 1..<n where Double.random(in: 0..<1, using: &generator) < density {
                    edges.append((order[i], order[j]))
                }
            }
            guard edges.count <= 11 else { continue }
            try check(n, edges, "seed \(seed)")
        }
    }

    /// The graph is the CPDAG, and legal as one.
    func check(_ n: Int, _ edges: [(parent: Int, child: Int)], _ name: String) throws {
        let result = try PC().run(SeparationOracle(nodeCount: n, edges: edges))
        #expect(result.graph == (try equivalenceClass(n, edges)), "\(name)")
        #expect(result.graph.violations(as: .completedPartiallyDirectedGraph).isEmpty, "\(name)")
        #expect(result.status == .complete && result.isOriented)
    }

    /// What all acyclic graphs with the same adjacencies and unshielded colliders share (Verma and Pearl 1990), by
    /// listing them.
    private func equivalenceClass(_ n: Int, _ edges: [(parent: Int, child: Int)]) throws -> MixedGraph {
        func graph(_ mask: Int) throws -> MixedGraph {
            try MixedGraph(
                nodeCount: n,
                edges: edges.enumerated().map { place, edge in
                    mask >> place & 1 == 0
                        ? Edge(edge.parent, .tail, .arrow, edge.child)
                        : Edge(edge.child, .tail, .arrow, edge.parent)
                })
        }
        let truth = try graph(0)
        var common = truth
        for mask in 1..<max(2, 1 << edges.count) where !edges.isEmpty {
            let candidate = try graph(mask)
            guard isAcyclic(candidate), colliders(candidate) == colliders(truth) else { continue }
            for edge in candidate.edges where common.mark(at: edge.a, from: edge.b) != edge.markAtA {
                common.connect(Edge(edge.a, .tail, .tail, edge.b))
            }
        }
        return common
    }

    private func isAcyclic(_ graph: MixedGraph) -> Bool {
        (0..<graph.nodeCount).allSatisfy { node in
            graph.children(of: node).allSatisfy { !graph.possibleAncestors(of: node).contains($0) }
        }
    }

    private func colliders(_ graph: MixedGraph) -> Set<[Int]> {
        var result: Set<[Int]> = []
        for b in 0..<graph.nodeCount {
            for a in graph.parents(of: b) {
                for c in graph.parents(of: b) where a < c && !graph.isAdjacent(a, c) {
                    result.insert([a, b, c])
                }
            }
        }
        return result
    }

    @Test("Colliders that contradict each other make the edge between them <->")
    func conflictingColliders() throws {
        // 0 - 1 - 2 - 3, of which both 0, 2 and 1, 3 are independent without the node between them.
        let test = TableTest(nodeCount: 4, independences: [[0, 2], [1, 3], [0, 3]])
        let result = try PC().run(test)
        #expect(edgeTexts(result.graph) == ["0 --> 1", "1 <-> 2", "2 <-- 3"])
    }

    private func meek(_ n: Int, _ edges: [String]) throws -> MeekOrientation {
        MeekOrientation(
            Orientation(graph: try graph(n, texts: edges), separators: SeparatorTable(nodeCount: n)))
    }

    @Test("Each of Meek's rules directs its edge")
    func meekRules() throws {
        let cases: [(Int, [String], String)] = [
            (3, ["0 --> 1", "1 --- 2"], "1 --> 2"),
            (3, ["0 --> 1", "1 --> 2", "0 --- 2"], "0 --> 2"),
            (4, ["0 --- 1", "0 --- 2", "0 --- 3", "2 --> 1", "3 --> 1"], "0 --> 1"),
            (4, ["0 --- 1", "0 --- 3", "3 --> 2", "2 --> 1", "0 --- 2"], "0 --> 1"),
        ]
        for (n, edges, expected) in cases {
            var pattern = try meek(n, edges)
            pattern.orient()
            #expect(edgeTexts(pattern.graph).contains(expected), "\(edges)")
        }
    }

    @Test("An edge that the rules direct both ways becomes <->, whatever the names of the nodes")
    func conflictingRules() throws {
        for edges in [["0 --> 1", "1 --- 2", "3 --> 2"], ["2 --> 1", "1 --- 3", "0 --> 3"]] {
            var pattern = try meek(4, edges)
            pattern.orient()
            #expect(edgeTexts(pattern.graph).contains { $0.contains("<->") }, "\(edges)")
        }
    }
}

/// Independent exactly as listed: each entry holds the two nodes, then the conditioning set.
struct TableTest: IndependenceTest {
    var nodeCount: Int
    var independences: Set<[Int]>
    var maximumConditioningSize: Int? { nil }

    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        let isIndependent = independences.contains([min(i, j), max(i, j)] + set)
        return IndependenceOutcome(pValue: isIndependent ? 1 : 0, isIndependent: isIndependent)
    }
}
