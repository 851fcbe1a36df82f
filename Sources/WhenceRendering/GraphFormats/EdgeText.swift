internal import WhenceDiscovery
public import WhenceExplanation

extension CausalGraph.GraphEdge {
    /// The marks as text, from `a` to `b`, such as `o->`.
    public var marks: String { Edge(a, markAtA, markAtB, b).marks }
}

extension CausalGraph {
    /// An edge as text: `great o-> [CLS]`.
    public func text(of edge: GraphEdge) -> String {
        "\(nodes[edge.a].label) \(edge.marks) \(nodes[edge.b].label)"
    }
}
