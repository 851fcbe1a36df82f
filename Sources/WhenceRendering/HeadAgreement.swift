internal import WhenceDiscovery
internal import WhenceExplanation

extension [CausalGraph] {
    /// How often the graphs of several heads join two nodes; `nil` for one graph.
    ///
    /// - Throws: `RenderingError.inconsistent` for an edge that points at nothing, and for graphs over different nodes.
    func frequencies() throws(RenderingError) -> GraphFrequencies? {
        guard count > 1 else { return nil }
        var graphs: [MixedGraph] = []
        for (index, graph) in enumerated() {
            try ConsistencyCheck.check(graph, tokenCount: nil, "graphs[\(index)]")
            var marks = MixedGraph(nodeCount: graph.nodes.count)
            for edge in graph.edges { marks.connect(Edge(edge)) }
            graphs.append(marks)
        }
        do {
            return try GraphFrequencies(of: graphs)
        } catch {
            throw .inconsistent(path: "graphs", problem: error.description)
        }
    }
}

extension Edge {
    /// The edge as discovery has it.
    init(_ edge: CausalGraph.GraphEdge) { self.init(edge.a, edge.markAtA, edge.markAtB, edge.b) }
}
