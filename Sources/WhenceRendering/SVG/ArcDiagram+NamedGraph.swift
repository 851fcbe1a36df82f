internal import WhenceDiscovery
internal import WhenceExplanation

extension NamedGraph {
    /// An arc diagram of the graph, its variables in order along a line.
    ///
    /// - Parameter title: one line above the diagram.
    public func svg(title: String = "Causal graph") -> String {
        let nodes = names.enumerated().map { CausalGraph.Node(index: $0, label: $1, tokens: [$0]) }
        let edges = trustedEdges.map { edge, trust in
            CausalGraph.GraphEdge(
                a: edge.a, b: edge.b, markAtA: edge.markAtA, markAtB: edge.markAtB,
                pValue: trust.pValue ?? 1)
        }
        // No node is the target: a graph from a file tells of no prediction.
        let drawn = CausalGraph(
            head: .pooled, target: -1, nodes: nodes, edges: edges, independenceTests: [], degenerateTests: 0,
            status: .complete, sampleBound: nil)
        return ArcDiagram(
            title: title, subtitle: NumberWording.count(edges.count, "link"), graphs: [drawn], input: nil,
            highlighted: [], subject: .variables(trust), alpha: alpha
        ).svg()
    }
}
