internal import WhenceDiscovery

/// A graph that was learnt, and where explanations are searched on it.
struct LearntGraph: Sendable {
    let graph: CausalGraph
    /// The possible-d-sep tree of the target.
    let tree: PossibleDSepTree
}

/// Learns the causal graph of the nodes from their correlations.
struct GraphDiscovery: Sendable {
    var algorithm: DiscoveryAlgorithmName
    var alpha: Double
    var samples: Int
    var options: DiscoveryOptions
    /// Whether every token attends to itself and to earlier ones only. Then no node causes one before it, which
    /// ICD takes as given; FCI does not.
    var isCausal: Bool

    /// The graph of one head, and the possible-d-sep tree of its target.
    func run(_ correlation: NodeCorrelation, layout: NodeLayout) throws -> LearntGraph {
        let test = try FisherZTest(
            correlation: correlation.matrix.elements, nodeCount: correlation.matrix.size, samples: samples,
            alpha: alpha)
        let result =
            switch algorithm {
            case .icd where isCausal:
                // Nodes are in the order of the text.
                try OrderedICD(order: Array(layout.nodes.indices), options: options).run(test)
            case .icd: try ICD(options: options).run(test)
            case .fci: try FCI(options: options).run(test)
            }
        let graph = CausalGraph(
            head: correlation.head, target: layout.target, nodes: layout.nodes,
            edges: zip(result.graph.edges, result.edgePValues).map { edge, pValue in
                CausalGraph.GraphEdge(
                    a: edge.a, b: edge.b, markAtA: edge.markAtA, markAtB: edge.markAtB, pValue: pValue)
            },
            independenceTests: result.testCounts, degenerateTests: result.degenerateTestCount,
            status: result.status, sampleBound: result.sampleBound)
        return LearntGraph(graph: graph, tree: PossibleDSepTree(result.graph, root: layout.target))
    }
}
