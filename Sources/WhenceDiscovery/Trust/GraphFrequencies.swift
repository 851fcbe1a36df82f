/// What graphs over the same nodes have in common, edge by edge: over a sweep of significance levels, over attention
/// heads, over resamples.
public struct GraphFrequencies: Sendable, Hashable, Codable {
    /// Number of nodes of every graph.
    public let nodeCount: Int
    /// Number of graphs.
    public let graphCount: Int
    /// Every pair of nodes that some graph joins, by smaller node, then larger.
    public let edges: [EdgeFrequency]

    /// Counts edges and marks.
    ///
    /// - Parameter graphs: In any order; without a graph there are no nodes.
    /// - Throws: `DiscoveryError.nodesDiffer` when two graphs have different numbers of nodes.
    /// - Complexity: O(all edges · log).
    public init(of graphs: some Sequence<MixedGraph>) throws(DiscoveryError) {
        var pairs: [[Int]: EdgeFrequency] = [:]
        var (nodeCount, graphCount) = (0, 0)
        for graph in graphs {
            if graphCount == 0 { nodeCount = graph.nodeCount }
            guard graph.nodeCount == nodeCount else {
                // The comparison says which nodes differ.
                _ = try GraphComparison(MixedGraph(nodeCount: nodeCount), to: graph)
                continue
            }
            graphCount += 1
            for edge in graph.edges {
                var frequency = pairs[[edge.a, edge.b]] ?? EdgeFrequency(a: edge.a, b: edge.b)
                frequency.count += 1
                frequency.marksAtA[edge.markAtA] += 1
                frequency.marksAtB[edge.markAtB] += 1
                pairs[[edge.a, edge.b]] = frequency
            }
        }
        (self.nodeCount, self.graphCount) = (nodeCount, graphCount)
        edges = pairs.values.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// The frequencies of a pair; `nil` when no graph joins the two.
    ///
    /// - Complexity: O(log edges).
    public func frequency(of a: Int, _ b: Int) -> EdgeFrequency? {
        let key = (min(a, b), max(a, b))
        var (low, high) = (0, edges.count)
        while low < high {
            let middle = (low + high) / 2
            if (edges[middle].a, edges[middle].b) < key { low = middle + 1 } else { high = middle }
        }
        guard low < edges.count, (edges[low].a, edges[low].b) == key else { return nil }
        return edges[low]
    }

    /// How many of the graphs agree with an edge; all shares are 0 when none joins its ends, or there is no graph.
    public func agreement(with edge: Edge) -> EdgeAgreement {
        guard let frequency = frequency(of: edge.a, edge.b) else {
            return EdgeAgreement(adjacency: 0, markAtA: 0, markAtB: 0)
        }
        let all = Double(graphCount)
        return EdgeAgreement(
            adjacency: Double(frequency.count) / all,
            markAtA: Double(frequency.marksAtA[edge.markAtA]) / all,
            markAtB: Double(frequency.marksAtB[edge.markAtB]) / all)
    }

    /// For every edge of a graph, in the order of `graph.edges`, how many of the graphs agree with it.
    public func agreements(with graph: MixedGraph) -> [EdgeAgreement] { graph.edges.map(agreement(with:)) }
}
