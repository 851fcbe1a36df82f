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

    /// Every maximal ancestral graph, with its independences.
    private static let all: [(graph: MixedGraph, table: Table)] = (0..<15_625).compactMap { code in
        var graph = MixedGraph(nodeCount: nodes)
        var rest = code
        for (a, b) in pairs {
            if let (markAtA, markAtB) = kinds[rest % 5] { graph.connect(Edge(a, markAtA, markAtB, b)) }
            rest /= 5
        }
        guard isAncestral(graph), let table = independences(graph) else { return nil }
        return (graph, table)
    }

    /// The marks that all graphs with the same independences share.
    private func classes(of graphs: [(graph: MixedGraph, table: Table)]) -> [Table: MixedGraph] {
        var classes: [Table: MixedGraph] = [:]
        for (graph, table) in graphs {
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
        #expect(Self.all.count > 1_000)
        var options = DiscoveryOptions()
        options.selectionBias = true
        for (table, expected) in classes(of: Self.all) { try expect(expected, from: table, options) }
    }

    @Test(
        "With tiers it is the marks that the equivalent graphs share in which no node causes an earlier tier",
        arguments: [
            [[0], [1, 2, 3]], [[0, 1], [2, 3]], [[0, 1, 2], [3]], [[1], [0, 3], [2]], [[3], [2], [1], [0]],
        ])
    func everyClassWithTiers(_ tiers: [[Int]]) throws {
        let consistent = Self.all.filter { graph, _ in
            graph.edges.allSatisfy { edge in
                guard edge.marks != "---" else { return false }
                let (ofA, ofB) = (
                    tiers.firstIndex { $0.contains(edge.a) }, tiers.firstIndex { $0.contains(edge.b) }
                )
                guard let ofA, let ofB, ofA != ofB else { return true }
                return (ofA > ofB ? edge.markAtA : edge.markAtB) == .arrow
            }
        }
        #expect(consistent.count > 100)
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(
            nodeCount: Self.nodes, tiers: tiers.map { BackgroundKnowledge.Tier($0) })
        for (table, expected) in classes(of: consistent) { try expect(expected, from: table, options) }
    }

    private func expect(_ expected: MixedGraph, from table: Table, _ options: DiscoveryOptions) throws {
        #expect(edgeTexts(try ICD(options: options).run(table).graph) == edgeTexts(expected))
        #expect(edgeTexts(try FCI(options: options).run(table).graph) == edgeTexts(expected))
    }

    /// No arrowhead at an ancestor of the other end, nor at a node with an undirected edge.
    private static func isAncestral(_ graph: MixedGraph) -> Bool {
        for v in 0..<Self.nodes {
            if !graph.arrowsAt[v].isEmpty, !(graph.tailsAt[v] & graph.tailsFrom[v]).isEmpty { return false }
            // The nodes to which directed edges lead from v.
            var (below, frontier) = (NodeSet(capacity: Self.nodes), [v])
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
        for (a, b) in Self.pairs where !graph.isAdjacent(a, b) {
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
                    ? (0..<Self.nodes).contains { mask >> $0 & 1 == 1 && isAncestor(last, of: $0, graph) }
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
