internal import WhenceDiscovery

extension LearntGraph {
    /// A graph over the same nodes with the same edges put elsewhere: as many, with the same pairs of marks, between
    /// pairs of nodes drawn without replacement.
    ///
    /// - Parameter generator: what is drawn depends on it alone.
    func scattered(using generator: inout some RandomNumberGenerator) -> LearntGraph {
        let count = graph.nodes.count
        let pairs = (0..<count).flatMap { a in (a + 1..<max(a + 1, count)).map { (a, $0) } }
            .shuffled(using: &generator)
        var mixed = MixedGraph(nodeCount: count)
        var scattered = graph
        scattered.edges = zip(graph.edges, pairs).map { edge, pair in
            mixed.connect(Edge(pair.0, edge.markAtA, edge.markAtB, pair.1))
            var moved = edge
            (moved.a, moved.b) = pair
            return moved
        }.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
        return LearntGraph(graph: scattered, tree: PossibleDSepTree(mixed, root: graph.target))
    }
}
