/// How a graph differs from a reference over the same nodes: pair by pair, mark by mark.
///
/// Arrowheads and tails are judged at the ends of those edges that both graphs have, so that a missing edge does not
/// count twice. Say that an arrowhead at a is *found* when the graph has it and *there* when the reference has it;
/// a circle claims neither mark.
public struct GraphComparison: Sendable, Hashable {
    /// Number of nodes of both graphs.
    public let nodeCount: Int
    /// Every pair of nodes that the two graphs join differently, by smaller node, then larger. `first` is the graph's
    /// edge, `second` the reference's.
    public let differences: [EdgeDifference]
    /// Adjacencies.
    public let skeleton: RetrievalCounts
    /// Arrowheads, at the ends of shared edges.
    public let arrowheads: RetrievalCounts
    /// Tails, at the ends of shared edges.
    public let tails: RetrievalCounts
    /// Ends of shared edges with the same mark, circles too.
    public let equalMarkCount: Int

    /// Compares two graphs, node by node number.
    ///
    /// - Throws: `DiscoveryError.nodesDiffer` when they have different numbers of nodes.
    /// - Complexity: O(edges).
    public init(_ graph: MixedGraph, to reference: MixedGraph) throws(DiscoveryError) {
        guard graph.nodeCount == reference.nodeCount else {
            let shared = min(graph.nodeCount, reference.nodeCount)
            throw .nodesDiffer(
                onlyInFirst: (shared..<graph.nodeCount).map { "\($0)" },
                onlyInSecond: (shared..<reference.nodeCount).map { "\($0)" }, repeated: [])
        }
        nodeCount = graph.nodeCount
        var differences: [EdgeDifference] = []
        var skeleton = RetrievalCounts()
        var (arrowheads, tails) = (skeleton, skeleton)
        var equalMarks = 0
        for a in 0..<graph.nodeCount {
            for b in graph.adjacent[a] | reference.adjacent[a] where a < b {
                let (found, wanted) = (graph.edge(a, b), reference.edge(a, b))
                skeleton.count(found: found != nil, there: wanted != nil)
                if found != wanted { differences.append(EdgeDifference(first: found, second: wanted)) }
                guard let found, let wanted else { continue }
                for (mark, other) in [(found.markAtA, wanted.markAtA), (found.markAtB, wanted.markAtB)] {
                    arrowheads.count(found: mark == .arrow, there: other == .arrow)
                    tails.count(found: mark == .tail, there: other == .tail)
                    if mark == other { equalMarks += 1 }
                }
            }
        }
        (self.differences, self.skeleton) = (differences, skeleton)
        (self.arrowheads, self.tails, equalMarkCount) = (arrowheads, tails, equalMarks)
    }

    /// Whether the graphs are the same.
    public var isEqual: Bool { differences.isEmpty }

    /// Share of the ends of shared edges with the same mark, 0 to 1; `nil` without a shared edge.
    public var markAccuracy: Double? {
        skeleton.correct == 0 ? nil : Double(equalMarkCount) / Double(2 * skeleton.correct)
    }

    /// The number of pairs that the graphs join differently: an edge more, an edge less, and an edge with other marks,
    /// in whatever way they differ, count 1 each.
    ///
    /// - Note: Tsamardinos, Brown and Aliferis 2006, *The max-min hill-climbing Bayesian network structure learning
    ///   algorithm*, Machine Learning 65, §5.2.2, carried over from CPDAGs to PAGs.
    public var structuralHammingDistance: Int { differences.count }

    /// The number of steps from one graph to the other, where a step adds an edge with its marks, removes one, or
    /// changes the mark at one end: an edge more or less counts 1, an edge with other marks 1 or 2.
    ///
    /// At least `structuralHammingDistance`, at most twice that.
    public var markDistance: Int {
        2 * skeleton.correct - equalMarkCount + skeleton.spurious + skeleton.missing
    }
}

extension MixedGraph {
    /// The edge between two nodes, `nil` without one.
    public func edge(_ a: Int, _ b: Int) -> Edge? {
        guard a != b, let near = mark(at: a, from: b), let far = mark(at: b, from: a) else { return nil }
        return Edge(a, near, far, b)
    }
}
