/// The one law of partial ancestral graphs: to be the graph of a Markov equivalence class.
///
/// From a legal one a member of its class can be read: every `o->` and every `--o` becomes `-->`, and the circle edges
/// `o-o`, which form chordal graphs, are directed without new unshielded colliders. So: read it so, check
/// that this is a maximal ancestral graph, and compare that graph's class with the one given, mark by mark.
/// - Note: Zhang 2008, *On the completeness of orientation rules…*, AIJ 172, Lemma 4.1 and Theorem 2 (the tail
///   augmented graph); Meek 1995 for the circle edges.
struct PartialGraphLaws {
    private let graph: MixedGraph

    init(_ graph: MixedGraph) { self.graph = graph }

    func violations() -> [GraphViolation] {
        let circles = UndecidedComponent((0..<graph.nodeCount).map { graph.circleNeighbours(of: $0) })
        let cycles = circles.violations
        guard cycles.isEmpty else { return cycles }
        let member = member(directing: circles)
        let broken = AncestralLaws(member).violations()
        return broken.isEmpty ? differences(from: member.orientedClass()) : broken
    }

    private func member(directing circles: UndecidedComponent) -> MixedGraph {
        var member = graph
        for (from, to) in circles.directed { member.connect(Edge(from, .tail, .arrow, to)) }
        for edge in graph.edges {
            switch (edge.markAtA, edge.markAtB) {
            case (.circle, .arrow), (.tail, .circle): member.connect(Edge(edge.a, .tail, .arrow, edge.b))
            case (.arrow, .circle), (.circle, .tail): member.connect(Edge(edge.a, .arrow, .tail, edge.b))
            default: break
            }
        }
        return member
    }

    private func differences(from expected: MixedGraph) -> [GraphViolation] {
        graph.edges.flatMap { edge in
            [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)].compactMap { near, far, mark in
                let law: GraphViolation.Law
                switch (mark, expected.mark(at: near, from: far)) {
                case (let found, let wanted) where found == wanted: return nil
                case (.circle, _): law = .circleDecided
                case (_, .circle): law = .markNotShared
                default: law = .markContradicted
                }
                return GraphViolation(law, nodes: [near, far])
            }
        }
    }
}
