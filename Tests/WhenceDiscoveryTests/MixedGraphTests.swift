import Testing

@testable import WhenceDiscovery

@Suite("Mixed graphs")
struct MixedGraphTests {
    @Test("An edge is read alike from both ends, before and after its marks change")
    func marks() throws {
        var graph = try graph(3, "0 o-> 2", "1 --- 2")
        #expect(graph.mark(at: 2, from: 0) == .arrow)
        #expect(graph.mark(at: 0, from: 2) == .circle)
        #expect(graph.mark(at: 0, from: 1) == nil)
        graph.setMark(.tail, at: 2, from: 0)
        #expect(edgeTexts(graph) == ["0 o-- 2", "1 --- 2"])
        #expect(graph.neighbours(of: 2) == [0, 1])
        #expect(graph.degree(of: 2) == 2)
        graph.disconnect(2, 0)
        #expect(edgeTexts(graph) == ["1 --- 2"])
        #expect(graph == (try WhenceDiscoveryTests.graph(3, "1 --- 2")))
    }

    @Test("Rows longer than a word behave like short ones", arguments: [1, 63, 64, 65, 128, 130, 200])
    func sizes(n: Int) throws {
        var graph = MixedGraph(completeOver: n)
        #expect(graph.edgeCount == n * (n - 1) / 2)
        #expect(graph.neighbours(of: n - 1) == Array(0..<n - 1))
        guard n > 2 else { return }
        graph.disconnect(0, n - 1)
        graph.setMark(.arrow, at: n - 1, from: 1)
        #expect(graph.neighbours(of: n - 1) == Array(1..<n - 1))
        #expect(graph.edges.filter { $0.markAtB == .arrow } == [Edge(1, .circle, .arrow, n - 1)])
        var generator = SplitMix64(seed: UInt64(n))
        for _ in 0..<20 {
            let first = Set((0..<n).filter { _ in Bool.random(using: &generator) })
            let second = Set((0..<n).filter { _ in Bool.random(using: &generator) })
            let (a, b) = (NodeSet(capacity: n, members: first), NodeSet(capacity: n, members: second))
            #expect(Array(a | b) == first.union(second).sorted())
            #expect(Array(a & b) == first.intersection(second).sorted())
            #expect(Array(a - b) == first.subtracting(second).sorted())
            #expect(a.isSubset(of: b) == first.isSubset(of: second) && (a & b).isSubset(of: b))
            #expect(a.isDisjoint(with: b) == first.isDisjoint(with: second))
            #expect(a.count == first.count && a.first == first.min() && a.last == first.max())
            let (smaller, larger) = (first.sorted().prefix(1), second.sorted().prefix(1))
            #expect(
                NodeSet(capacity: n, members: smaller).lexicographicallyPrecedes(
                    NodeSet(capacity: n, members: larger))
                    == (smaller.count == larger.count && smaller.lexicographicallyPrecedes(larger)))
        }
    }

    @Test("Edges outside the graph, and second edges, are refused")
    func illegalEdges() throws {
        #expect(throws: DiscoveryError.self) { try graph(2, "0 o-o 2") }
        #expect(throws: DiscoveryError.self) { try graph(2, "0 o-o 1", "1 --> 0") }
    }

    @Test("Possible ancestors lie behind no arrowhead and no tail that points away")
    func possibleAncestors() throws {
        let graph = try graph(6, "0 o-o 1", "1 --> 2", "3 <-o 2", "4 <-> 2", "5 o-- 2")
        #expect(graph.possibleAncestors(of: 2) == [0, 1])
        #expect(graph.possibleAncestors(of: 3) == [0, 1, 2])
    }

    @Test("An oracle refuses cycles and unknown or doubled nodes")
    func oracleErrors() throws {
        #expect(throws: DiscoveryError.self) { try oracle("0>1 1>2 2>0") }
        #expect(throws: DiscoveryError.cycle(through: 3)) { try oracle("0>3 3>3") }
        #expect(throws: DiscoveryError.node(1, nodeCount: 2, role: "selection variable")) {
            try oracle("0>1", latents: [1], selection: [1])
        }
        #expect(throws: DiscoveryError.node(7, nodeCount: 2, role: "child")) {
            try SeparationOracle(nodeCount: 2, edges: [(0, 7)])
        }
    }
}

@Suite("Possible-d-sep trees")
struct PossibleDSepTreeTests {
    @Test("Legal sets come nearest first, and a cut list says so")
    func order() throws {
        // Behind the collider 1 lies 2, behind that, no collider, 3.
        let chain = PossibleDSepTree(try graph(4, "0 o-> 1", "1 <-o 2", "2 o-o 3"), root: 0)
        #expect(chain.nodes == [1, 2] && chain.distance(of: 2) == 2 && chain.distance(of: 3) == nil)
        #expect(chain.legalSets(ofSize: 1).sets == [.init(nodes: [1], distance: 1)])
        #expect(chain.legalSets(ofSize: 2).sets == [.init(nodes: [1, 2], distance: 3)])
        #expect(PossibleDSepTree(chain.graph, root: 0, maximumDistance: 1).nodes == [1])
        let star = PossibleDSepTree(MixedGraph(completeOver: 6), root: 5)
        #expect(star.nodes == [0, 1, 2, 3, 4])
        let pairs = star.legalSets(ofSize: 2)
        #expect(pairs.isComplete)
        #expect(
            pairs.sets.map(\.nodes) == [
                [0, 1], [0, 2], [0, 3], [0, 4], [1, 2], [1, 3], [1, 4], [2, 3], [2, 4], [3, 4],
            ])
        let few = star.legalSets(ofSize: 2, maximumCount: 3)
        #expect(!few.isComplete && few.sets.count == 3)
        #expect(star.legalSets(ofSize: 2, maximumCount: 10).isComplete)
        #expect(star.legalSets(ofSize: 6).sets.isEmpty)
        #expect(star.legalSets(ofSize: 0).sets == [.init(nodes: [], distance: 0)])
    }

    @Test("A node that only a walk through another node twice would reach is not in the tree")
    func pathsNotWalks() throws {
        // 0, 1, 2, 3, 1, 4 is a walk; no path from 0 gets past 1 to 4.
        let graph = try graph(
            5, "0 o-> 1", "2 o-> 1", "2 o-o 3", "3 o-o 1", "1 o-o 4", "3 o-o 4")
        let tree = PossibleDSepTree(graph, root: 0)
        #expect(tree.nodes == [1, 2, 3])
        #expect(tree.legalSets(ofSize: 4).sets.isEmpty)
        #expect(tree.legalSets(ofSize: 3).sets == [.init(nodes: [1, 2, 3], distance: 6)])
        var walk = PossibleDSepWalk(graph, root: 0)
        walk.exploreWalks(within: NodeSet(allOf: 5) - 0)
        #expect(Array(walk.reached) == [1, 2, 3, 4])
    }

    @Test("Every legal set comes once, and is what the definition says", arguments: 0..<20)
    func legalSetsByDefinition(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var graph = MixedGraph(nodeCount: 7)
        for a in 0..<7 {
            for b in a + 1..<7 where Int.random(in: 0..<5, using: &generator) < 2 {
                let marks = Mark.allCases
                graph.connect(
                    Edge(
                        a, marks[Int.random(in: 0..<3, using: &generator)],
                        marks[Int.random(in: 0..<3, using: &generator)], b))
            }
        }
        let tree = PossibleDSepTree(graph, root: 0)
        for size in 1...6 {
            let expected = (0..<128).map { mask in (1..<7).filter { mask >> $0 & 1 == 1 } }
                .filter { $0.count == size && !$0.isEmpty }
            let legal = Set(expected).filter { set in
                set.allSatisfy { isReached($0, by: [0], inside: set, graph) }
            }
            let found = tree.legalSets(ofSize: size).sets
            #expect(found.count == legal.count)
            #expect(Set(found.map(\.nodes)) == legal)
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.distance <= $1.distance })
        }
    }

    /// Lists the paths, as the definition reads.
    private func isReached(_ node: Int, by path: [Int], inside set: [Int], _ graph: MixedGraph) -> Bool {
        guard let last = path.last, last != node else { return true }
        return set.contains { next in
            guard graph.isAdjacent(last, next), !path.contains(next) else { return false }
            if path.count > 1 {
                let before = path[path.count - 2]
                let isCollider =
                    graph.mark(at: last, from: before) == .arrow && graph.mark(at: last, from: next) == .arrow
                guard isCollider || graph.isAdjacent(before, next) else { return false }
            }
            return isReached(node, by: path + [next], inside: set, graph)
        }
    }
}
