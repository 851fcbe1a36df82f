internal import WhenceDiscovery

/// What the interpreter should have found: the graphs that follow from all independences of the latent graph.
struct CalibrationTruth {
    /// The positions, as the model numbers them, that are nodes: all but a question, which is no part of the graph.
    let nodes: [Int]
    /// The partial ancestral graph over the nodes, hidden positions being latent.
    let graph: MixedGraph
    /// The same with the order of positions known.
    let orderedGraph: MixedGraph

    /// Asks the separation oracle of the latent graph.
    ///
    /// - Parameter task: a task with one graph.
    init(_ task: InContextTask) throws {
        let latent = task.graphs[0]
        let positions = latent.lastIsQuestion ? latent.length - 1 : latent.length
        let oracle = try SeparationOracle(
            CausalDAG(
                nodeCount: positions, links: latent.edges.map { CausalDAG.Link($0.parent, $0.child) },
                latents: task.hidden))
        nodes = Array(0..<oracle.nodeCount)
        graph = try FCI().run(oracle).graph
        orderedGraph = try OrderedICD(order: nodes).run(oracle).graph
    }

    /// What a method should have found.
    func graph(for method: CalibrationMethod) -> MixedGraph {
        method == .orderedICD ? orderedGraph : graph
    }
}
