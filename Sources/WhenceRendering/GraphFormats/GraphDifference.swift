public import WhenceDiscovery

/// What differs between two graphs over named variables, and how far the second is from the first.
///
/// Nodes are matched by name; their order, the edges' trust and the order in which an edge names its ends do not
/// matter.
public struct GraphDifference: Sendable, Hashable {
    /// An edge by the names of its ends.
    public struct NamedEdge: Sendable, Hashable {
        /// One end: of the two, the one that the first graph lists first, or else the second.
        public var a: String
        /// The other end.
        public var b: String
        /// The marks from `a` to `b` in the first graph; `nil` without an edge there.
        public var first: String?
        /// The same in the second graph.
        public var second: String?
    }

    /// Names that only the first graph has, in its order.
    public let nodesOnlyInFirst: [String]
    /// Names that only the second graph has, in its order.
    public let nodesOnlyInSecond: [String]
    /// Names that are observed in one graph and latent or a selection variable in the other, or the like.
    public let otherRoles: [String]
    /// The second graph compared to the first, over the nodes of both together: a node that one of them lacks has no
    /// edge there.
    ///
    /// Nodes are numbered as in the first graph; those that only the second has follow in its order.
    public let comparison: GraphComparison
    /// Edges that only one graph has, or that have other marks, in the order of `comparison`.
    public let edges: [NamedEdge]

    /// Compares two graphs.
    ///
    /// - Throws: `DiscoveryError.nodesDiffer`, which no two values of `NamedGraph` cause: their names are different.
    /// - Complexity: O(nodes² / 64 + edges).
    public init(_ first: NamedGraph, _ second: NamedGraph) throws(DiscoveryError) {
        let (indexInFirst, indexInSecond) = (first.indices, second.indices)
        nodesOnlyInFirst = first.names.filter { indexInSecond[$0] == nil }
        nodesOnlyInSecond = second.names.filter { indexInFirst[$0] == nil }
        otherRoles = first.names.enumerated().compactMap { index, name in
            indexInSecond[name].flatMap { second.roles[$0] == first.roles[index] ? nil : name }
        }
        let names = first.names + nodesOnlyInSecond
        comparison = try GraphComparison(
            second.graph(withFurtherNodes: nodesOnlyInFirst.count), names: second.names + nodesOnlyInFirst,
            to: first.graph(withFurtherNodes: nodesOnlyInSecond.count), names: names)
        // The comparison's first graph is the one that is judged, here the second.
        edges = comparison.differences.compactMap { difference in
            (difference.second ?? difference.first).map {
                NamedEdge(
                    a: names[$0.a], b: names[$0.b], first: difference.second?.marks,
                    second: difference.first?.marks)
            }
        }
    }

    /// Whether the graphs are the same.
    public var isEmpty: Bool {
        nodesOnlyInFirst.isEmpty && nodesOnlyInSecond.isEmpty && otherRoles.isEmpty && edges.isEmpty
    }

    /// Edges that only the first graph has.
    public var onlyInFirst: [NamedEdge] { edges.filter { $0.second == nil } }
    /// Edges that only the second graph has.
    public var onlyInSecond: [NamedEdge] { edges.filter { $0.first == nil } }
    /// Edges of both graphs with different marks.
    public var otherMarks: [NamedEdge] { edges.filter { $0.first != nil && $0.second != nil } }
    /// Number of edges that are the same in both.
    public var sharedEdgeCount: Int { comparison.skeleton.correct - otherMarks.count }
}

extension NamedGraph {
    fileprivate var indices: [String: Int] {
        Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    }

    /// The graph with nodes without an edge behind its own.
    fileprivate func graph(withFurtherNodes count: Int) -> MixedGraph {
        guard count > 0 else { return graph }
        var wider = MixedGraph(nodeCount: graph.nodeCount + count)
        graph.edges.forEach { wider.connect($0) }
        return wider
    }
}
