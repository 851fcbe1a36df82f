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
    /// When the time for all graphs is up.
    var deadline: ContinuousClock.Instant?

    /// The graphs of several heads, in their order.
    ///
    /// - Parameters:
    ///   - threads: how many are learnt side by side; `nil` for as many as there are cores.
    ///   - progress: told whenever one is done.
    func run(
        _ correlations: [NodeCorrelation], layout: NodeLayout, threads: Int?,
        _ progress: (ExplanationProgress) -> Void
    ) async throws -> [LearntGraph] {
        var results: [Int: LearntGraph] = [:]
        func collect(_ index: Int, _ result: LearntGraph) {
            results[index] = result
            progress(.graphs(done: results.count, of: correlations.count))
        }
        if threads == 1 {
            for (index, correlation) in correlations.enumerated() {
                collect(index, try run(correlation, layout: layout))
            }
        } else {
            try await withThrowingTaskGroup(of: (Int, LearntGraph).self) { group in
                for (index, correlation) in correlations.enumerated() {
                    if index >= threads ?? .max, let next = try await group.next() { collect(next.0, next.1) }
                    group.addTask { (index, try run(correlation, layout: layout)) }
                }
                for try await next in group { collect(next.0, next.1) }
            }
        }
        return correlations.indices.compactMap { results[$0] }
    }

    /// The graph of one head, and the possible-d-sep tree of its target.
    func run(_ correlation: NodeCorrelation, layout: NodeLayout) throws -> LearntGraph {
        var options = options
        options.limits.time = deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
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
