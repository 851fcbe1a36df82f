/// How much of a latent graph the first layer's positions have learnt.
public struct GraphRecovery: Sendable, Hashable, Codable {
    /// One edge of the latent graph between positions that the model reads.
    public struct Edge: Sendable, Hashable, Codable {
        /// The parent, as the model numbers positions.
        public var parent: Int
        /// The child.
        public var child: Int
        /// The head that looks at the parent most.
        public var head: Int
        /// That head's weight on the parent.
        public var weight: Float
        /// Whether some head looks at the parent more than at any other position.
        public var isLargest: Bool
    }

    /// Every edge, by child, then by place among its parents.
    public var edges: [Edge]

    /// The mean weight on a true parent; 0 without edges.
    public var meanWeight: Double { mean { Double($0.weight) } }
    /// The share of edges with more than half of the weight.
    public var majorityShare: Double { mean { $0.weight > 0.5 ? 1 : 0 } }
    /// The share of edges at which some head looks most.
    public var largestShare: Double { mean { $0.isLargest ? 1 : 0 } }

    private func mean(_ value: (Edge) -> Double) -> Double {
        edges.isEmpty ? 0 : edges.reduce(0) { $0 + value($1) } / Double(edges.count)
    }
}

extension DisentangledTransformer {
    /// How much of a task's graph the first layer has learnt, read from `positionAttention`.
    ///
    /// - Returns: nil for a task with several graphs, or of other positions than the transformer's.
    /// - Note: The measure of Nichani, Damian and Lee 2024, Figure 9.
    public func recovery(of task: InContextTask) -> GraphRecovery? {
        guard task.graphs.count == 1, task.visible.count == shape.length else { return nil }
        let patterns = (0..<shape.heads[0]).map { positionAttention(head: $0) }
        let place = Dictionary(uniqueKeysWithValues: task.visible.enumerated().map { ($1, $0) })
        return GraphRecovery(
            edges: task.graphs[0].edges.compactMap { edge in
                guard let parent = place[edge.parent], let child = place[edge.child] else { return nil }
                var found = GraphRecovery.Edge(
                    parent: parent, child: child, head: 0, weight: -1, isLargest: false)
                for (head, pattern) in patterns.enumerated() {
                    let row = pattern.row(child)
                    if row[parent] > found.weight { (found.head, found.weight) = (head, row[parent]) }
                    let others = row.enumerated().filter { $0.offset != parent }
                    if others.allSatisfy({ $0.element < row[parent] }) { found.isLargest = true }
                }
                return found
            })
    }
}
