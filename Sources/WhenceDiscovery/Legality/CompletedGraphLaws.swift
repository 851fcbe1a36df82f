/// The laws of completed partially directed acyclic graphs, the classes of directed acyclic ones.
///
/// Edges are directed or undecided, no cycle follows directed and undecided edges and has a directed one, undecided
/// edges form chordal graphs, none has a directed edge into one end alone, and every directed edge is *strongly
/// protected*: reversing it would make or break an unshielded collider, or a cycle.
/// - Note: Andersson, Madigan and Perlman 1997, *A characterization of Markov equivalence classes for acyclic
///   digraphs*, Annals of Statistics 25, Theorem 4.1.
struct CompletedGraphLaws {
    private let graph: MixedGraph
    /// Row v: every u with `u --- v` or `u o-o v`.
    private let undecided: [NodeSet]

    init(_ graph: MixedGraph) {
        self.graph = graph
        undecided = (0..<graph.nodeCount).map {
            (graph.tailsAt[$0] & graph.tailsFrom[$0]) | graph.circleNeighbours(of: $0)
        }
    }

    func violations() -> [GraphViolation] {
        let kinds = graph.edges.filter { edge in
            !["---", "o-o", "-->", "<--"].contains(edge.marks)
        }
        guard kinds.isEmpty else { return kinds.map { GraphViolation(.edgeKind, nodes: [$0.a, $0.b]) } }
        let broken = cycles() + UndecidedComponent(undecided).violations + directedIntoUndirected()
        return broken.isEmpty ? unprotected() : broken
    }

    /// One cycle for each directed edge that lies on one.
    private func cycles() -> [GraphViolation] {
        (0..<graph.nodeCount).flatMap { node in
            graph.children(of: node).compactMap { child in
                let onward = { graph.children(of: $0) | undecided[$0] }
                let path = graph.path(from: child, to: node, firstStep: onward(child), step: onward)
                return path.map { GraphViolation(.partiallyDirectedCycle, nodes: [node] + $0.dropLast()) }
            }
        }
    }

    private func directedIntoUndirected() -> [GraphViolation] {
        (0..<graph.nodeCount).flatMap { b in
            graph.parents(of: b).flatMap { a in
                graph.unshielded(beyond: a, among: undecided[b]).map {
                    GraphViolation(.directedIntoUndirected, nodes: [a, b, $0])
                }
            }
        }
    }

    private func unprotected() -> [GraphViolation] {
        (0..<graph.nodeCount).flatMap { b in
            graph.parents(of: b).filter { !isStronglyProtected($0, b) }
                .map { GraphViolation(.markNotShared, nodes: [b, $0]) }
        }
    }

    /// Whether `a --> b` occurs in one of the four configurations of Andersson et al., definition 3.3.
    private func isStronglyProtected(_ a: Int, _ b: Int) -> Bool {
        let parentsOfB = graph.parents(of: b) - a
        // c --> a --> b, and b <-- c without a: neither c between an edge to the other node.
        if !graph.unshielded(beyond: b, among: graph.parents(of: a)).isEmpty { return true }
        if !graph.unshielded(beyond: a, among: parentsOfB).isEmpty { return true }
        // a --> c --> b
        if !(graph.children(of: a) & parentsOfB).isEmpty { return true }
        // a - c --> b and a - d --> b with c and d not adjacent
        return graph.hasNonadjacentPair(undecided[a] & parentsOfB)
    }
}
