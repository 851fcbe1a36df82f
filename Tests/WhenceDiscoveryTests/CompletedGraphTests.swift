import Testing

@testable import WhenceDiscovery

@Suite("Completed partially directed graphs")
struct CompletedGraphTests {
    private static let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]

    /// Every way to choose one of some kinds of edge, or none, for each pair of four nodes.
    private static func graphs(of kinds: [(Mark, Mark)]) -> [MixedGraph] {
        let choices = kinds.count + 1
        return (0..<Int(pow(choices, pairs.count))).map { code in
            var graph = MixedGraph(nodeCount: 4)
            var rest = code
            for (a, b) in pairs {
                if rest % choices > 0 {
                    let (near, far) = kinds[rest % choices - 1]
                    graph.connect(Edge(a, near, far, b))
                }
                rest /= choices
            }
            return graph
        }
    }

    private static func pow(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { power, _ in power * base }
    }

    /// Adjacencies and unshielded colliders, which are what a class of directed acyclic graphs has in common.
    private static func signature(_ graph: MixedGraph) -> [[Int]] {
        var colliders: [[Int]] = []
        for b in 0..<4 {
            for a in graph.parents(of: b) {
                for c in graph.parents(of: b) where a < c && !graph.isAdjacent(a, c) {
                    colliders.append([a, b, c])
                }
            }
        }
        return graph.edges.map { [$0.a, $0.b] } + colliders
    }

    /// The graphs of all 185 classes: directed where all members agree, undirected elsewhere.
    private static let classes: Set<MixedGraph> = {
        let acyclic = graphs(of: [(.tail, .arrow), (.arrow, .tail)]).filter { graph in
            (0..<4).allSatisfy { !graph.ancestors(of: $0).contains($0) }
        }
        return Set(
            Dictionary(grouping: acyclic, by: signature).values.map { members in
                var common = members[0]
                for edge in common.edges where members.contains(where: { !$0.edges.contains(edge) }) {
                    common.connect(Edge(edge.a, .tail, .tail, edge.b))
                }
                return common
            })
    }()

    @Test("The legal ones over four nodes are those of the 185 classes, and no others")
    func everyClass() {
        #expect(Self.classes.count == 185)
        for graph in Self.graphs(of: [(.tail, .arrow), (.arrow, .tail), (.tail, .tail)]) {
            let violations = graph.violations(as: .completedPartiallyDirectedGraph)
            #expect(violations.isEmpty == Self.classes.contains(graph), "\(edgeTexts(graph)): \(violations)")
        }
    }

    @Test("Undecided edges may be drawn with circles, other marks are refused")
    func kinds() throws {
        #expect(try graph(3, "0 o-o 1", "1 o-o 2").isLegal(as: .completedPartiallyDirectedGraph))
        let mixed = try graph(3, "0 o-> 1", "1 <-> 2").violations(as: .completedPartiallyDirectedGraph)
        #expect(
            mixed == [GraphViolation(.edgeKind, nodes: [0, 1]), GraphViolation(.edgeKind, nodes: [1, 2])])
    }
}
