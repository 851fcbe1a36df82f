import Testing

@testable import WhenceDiscovery

/// Every ancestral graph over four nodes, sorted by the independences it holds.
///
/// By definition a mark belongs in the partial ancestral graph exactly when all graphs of the class agree on it. No
/// rule of orientation takes part in that, so this checks all of them, selection bias included, by brute force.
@Suite("All graphs over four nodes")
struct MarkovEquivalenceTests {
    private static let nodes = 4
    private static let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    /// Edges between two nodes: none, or two marks.
    private static let kinds: [(Mark, Mark)?] = [
        nil, (.tail, .arrow), (.arrow, .tail), (.arrow, .arrow), (.tail, .tail),
    ]

    /// A table of independences as a test: the pair's place and a bit for each conditioning set.
    struct Table: IndependenceTest, Hashable {
        var isIndependent: [UInt16]

        var nodeCount: Int { 4 }
        var maximumConditioningSize: Int? { nil }

        func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
            let mask = set.reduce(0) { $0 | 1 << $1 }
            let found = isIndependent[min(i, j) * 4 + max(i, j)] >> mask & 1 == 1
            return IndependenceOutcome(pValue: found ? 1 : 0, isIndependent: found)
        }
    }

    /// Every mixed graph without circles; those that are ancestral with what they hold, if they are maximal.
    private static let graphs: [(graph: MixedGraph, isAncestral: Bool, independences: Table?)] =
        (0..<15_625).map { code in
            var graph = MixedGraph(nodeCount: nodes)
            var rest = code
            for (a, b) in pairs {
                if let (markAtA, markAtB) = kinds[rest % 5] { graph.connect(Edge(a, markAtA, markAtB, b)) }
                rest /= 5
            }
            let isAncestral = isAncestral(graph)
            return (graph, isAncestral, isAncestral ? independences(graph) : nil)
        }

    /// The marks that all graphs of each class share.
    private static let classes = sharedMarks { _ in true }

    /// The marks that those graphs of each class share that have a property.
    private static func sharedMarks(where hasProperty: (MixedGraph) -> Bool) -> [Table: MixedGraph] {
        var classes: [Table: MixedGraph] = [:]
        for (graph, _, table) in graphs {
            guard let table, hasProperty(graph) else { continue }
            guard var common = classes[table] else {
                classes[table] = graph
                continue
            }
            for edge in graph.edges {
                for (near, far, mark) in [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
                where common.mark(at: near, from: far) != mark {
                    common.setMark(.circle, at: near, from: far)
                }
            }
            classes[table] = common
        }
        return classes
    }

    @Test("The graph found is the marks that all Markov-equivalent graphs share")
    func everyClass() throws {
        #expect(Self.graphs.count { $0.independences != nil } > 1_000)
        var options = DiscoveryOptions()
        options.selectionBias = true
        for (table, expected) in Self.classes {
            for algorithm in CompleteAlgorithm.all {
                let found = try algorithm.make(options).run(table).graph
                #expect(edgeTexts(found) == edgeTexts(expected), "\(algorithm.testDescription)")
            }
            let search = EquivalenceClassSearch(
                nodes: 15, adjacent: expected.neighbourBytes, selectionBias: true, maximumSteps: 1_000
            ) { a, b, set in table.isIndependent[a * 4 + b] >> set & 1 == 1 }
            #expect(search.isComplete)
            #expect(edgeTexts(search.partialAncestralGraph) == edgeTexts(expected))
        }
    }

    @Test("Every maximal ancestral graph gives the marks of its class, and no other graph is taken for one")
    func maximalAncestralGraphs() throws {
        for (graph, _, table) in Self.graphs {
            let isLegal = graph.isLegal(as: .maximalAncestralGraph)
            #expect(isLegal == (table != nil), "\(edgeTexts(graph))")
            guard let table else { continue }
            #expect(try graph.partialAncestralGraph() == Self.classes[table])
        }
    }

    @Test("Two graphs count as equivalent exactly when they hold the same independences")
    func equivalence() throws {
        let members = Self.graphs.compactMap { graph, _, table in table.map { (graph: graph, table: $0) } }
        // Graphs with the same adjacencies; others are never equivalent.
        for (_, group) in Dictionary(grouping: members, by: { $0.graph.neighbourBytes }) {
            for first in group.enumerated().filter({ $0.offset % 7 == 0 }).map(\.element) {
                for second in group {
                    #expect(
                        first.graph.isMarkovEquivalent(to: second.graph) == (first.table == second.table),
                        "\(edgeTexts(first.graph)) and \(edgeTexts(second.graph))")
                }
            }
        }
    }

    @Test("In an ancestral graph two nodes are m-separated exactly when no path m-connects them")
    func separation() throws {
        for (graph, isAncestral, _) in Self.graphs where isAncestral {
            for (a, b) in Self.pairs {
                for mask in 0..<16 where mask & (1 << a | 1 << b) == 0 {
                    let expected = !Self.isConnected([a], to: b, given: mask, graph)
                    let set = (0..<4).filter { mask >> $0 & 1 == 1 }
                    #expect(graph.isMSeparated(a, b, given: set) == expected)
                    #expect(graph.isMSeparated(b, a, given: set.reversed()) == expected)
                }
            }
        }
    }

    @Test("The legal partial ancestral graphs are those of the classes, and no others", arguments: 0..<4)
    func legality(part: Int) throws {
        let legal = Set(Self.classes.values)
        if part == 0 {
            for graph in legal { #expect(graph.violations(as: .partialAncestralGraph).isEmpty) }
        }
        // Graphs with random marks are hardly ever legal, so change one or two marks of legal ones.
        var generator = SplitMix64(seed: UInt64(part))
        for graph in legal.sorted(by: { edgeTexts($0).joined() < edgeTexts($1).joined() }) {
            var changed = graph
            for _ in 0...part where changed.edgeCount > 0 {
                guard let edge = changed.edges.randomElement(using: &generator) else { continue }
                let mark = Mark.allCases[Int.random(in: 0..<3, using: &generator)]
                let isNear = Bool.random(using: &generator)
                changed.setMark(
                    mark, at: isNear ? edge.a : edge.b, from: isNear ? edge.b : edge.a)
            }
            #expect(
                changed.violations(as: .partialAncestralGraph).isEmpty == legal.contains(changed),
                "\(edgeTexts(changed))")
        }
    }

    @Test(
        "With tiers it is the marks that the equivalent graphs share in which no node causes an earlier tier",
        arguments: [
            [[0], [1, 2, 3]], [[0, 1], [2, 3]], [[0, 1, 2], [3]], [[1], [0, 3], [2]], [[3], [2], [1], [0]],
        ])
    func everyClassWithTiers(_ tiers: [[Int]]) throws {
        let consistent = Self.sharedMarks { graph in
            graph.edges.allSatisfy { edge in
                guard edge.marks != "---" else { return false }
                let (ofA, ofB) = (
                    tiers.firstIndex { $0.contains(edge.a) }, tiers.firstIndex { $0.contains(edge.b) }
                )
                guard let ofA, let ofB, ofA != ofB else { return true }
                return (ofA > ofB ? edge.markAtA : edge.markAtB) == .arrow
            }
        }
        #expect(consistent.count > 10)
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(
            nodeCount: Self.nodes, tiers: tiers.map { BackgroundKnowledge.Tier($0) })
        for (table, expected) in consistent {
            for algorithm in CompleteAlgorithm.all {
                let found = try algorithm.make(options).run(table).graph
                #expect(edgeTexts(found) == edgeTexts(expected), "\(algorithm.testDescription)")
            }
        }
    }

    /// No arrowhead at an ancestor of the other end, nor at a node with an undirected edge.
    private static func isAncestral(_ graph: MixedGraph) -> Bool {
        for v in 0..<nodes {
            if !graph.arrowsAt[v].isEmpty, !(graph.tailsAt[v] & graph.tailsFrom[v]).isEmpty { return false }
            // The nodes to which directed edges lead from v.
            var (below, frontier) = (NodeSet(capacity: nodes), [v])
            while let node = frontier.popLast() {
                let new = graph.children(of: node) - below
                below.formUnion(new)
                frontier.append(contentsOf: new)
            }
            if below.contains(v) || !below.isDisjoint(with: graph.arrowsAt[v]) { return false }
        }
        return true
    }

    /// The independences of an ancestral graph; `nil` when it is not maximal, that is when two nodes without an edge
    /// are separated by nothing.
    private static func independences(_ graph: MixedGraph) -> Table? {
        var table = Table(isIndependent: [UInt16](repeating: 0, count: 16))
        for (a, b) in pairs where !graph.isAdjacent(a, b) {
            for mask in 0..<16 where mask & (1 << a | 1 << b) == 0 {
                if !isConnected([a], to: b, given: mask, graph) {
                    table.isIndependent[a * 4 + b] |= 1 << mask
                }
            }
            if table.isIndependent[a * 4 + b] == 0 { return nil }
        }
        return table
    }

    /// Whether a path m-connects; here, over four nodes, paths are simply listed.
    private static func isConnected(_ path: [Int], to end: Int, given mask: Int, _ graph: MixedGraph) -> Bool
    {
        guard let last = path.last, last != end else { return true }
        return graph.adjacent[last].contains { next in
            guard !path.contains(next) else { return false }
            if path.count > 1 {
                let isCollider =
                    graph.arrowsAt[last].contains(path[path.count - 2]) && graph.arrowsAt[last].contains(next)
                let isOpen =
                    isCollider
                    ? (0..<nodes).contains { mask >> $0 & 1 == 1 && isAncestor(last, of: $0, graph) }
                    : mask >> last & 1 == 0
                guard isOpen else { return false }
            }
            return isConnected(path + [next], to: end, given: mask, graph)
        }
    }

    private static func isAncestor(_ a: Int, of b: Int, _ graph: MixedGraph) -> Bool {
        a == b || graph.children(of: a).contains { isAncestor($0, of: b, graph) }
    }
}

extension MixedGraph {
    /// For every node its neighbours as bits.
    fileprivate var neighbourBytes: [UInt8] {
        (0..<nodeCount).map { neighbours(of: $0).reduce(0) { $0 | 1 << $1 } }
    }
}
