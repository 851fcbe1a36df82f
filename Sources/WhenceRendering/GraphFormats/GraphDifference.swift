internal import WhenceDiscovery

/// What differs between two graphs over named variables.
///
/// Nodes are matched by name; their order, the edges' trust and the order in which an edge names its ends do not
/// matter.
public struct GraphDifference: Sendable, Hashable {
    /// An edge by the names of its ends.
    public struct NamedEdge: Sendable, Hashable {
        /// One end: of the two, the one that the first graph, or else the second, names first.
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
    /// Edges that only one graph has, or that have other marks: those of the first graph in its order, then
    /// those of the second in its order.
    public let edges: [NamedEdge]
    /// Number of edges that are the same in both.
    public let sharedEdgeCount: Int

    /// Compares two graphs.
    ///
    /// - Complexity: O(nodes + edges).
    public init(_ first: NamedGraph, _ second: NamedGraph) {
        let (indexInFirst, indexInSecond) = (first.indices, second.indices)
        nodesOnlyInFirst = first.names.filter { indexInSecond[$0] == nil }
        nodesOnlyInSecond = second.names.filter { indexInFirst[$0] == nil }
        otherRoles = first.names.enumerated().compactMap { index, name in
            indexInSecond[name].flatMap { second.roles[$0] == first.roles[index] ? nil : name }
        }
        var edges: [NamedEdge] = []
        var shared = 0
        for edge in first.graph.edges {
            let (a, b) = (first.names[edge.a], first.names[edge.b])
            let other = second.marks(indexInSecond[a], indexInSecond[b])
            if other == edge.marks {
                shared += 1
            } else {
                edges.append(NamedEdge(a: a, b: b, first: edge.marks, second: other))
            }
        }
        for edge in second.graph.edges {
            let (a, b) = (second.names[edge.a], second.names[edge.b])
            guard first.marks(indexInFirst[a], indexInFirst[b]) == nil else { continue }
            edges.append(NamedEdge(a: a, b: b, first: nil, second: edge.marks))
        }
        self.edges = edges
        sharedEdgeCount = shared
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
}

extension NamedGraph {
    fileprivate var indices: [String: Int] {
        Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    }

    /// The marks between two nodes, from `a` to `b`.
    fileprivate func marks(_ a: Int?, _ b: Int?) -> String? {
        guard let a, let b, let markAtA = graph.mark(at: a, from: b), let markAtB = graph.mark(at: b, from: a)
        else { return nil }
        let edge = Edge(a, markAtA, markAtB, b)
        // An edge spells its marks from the smaller node.
        return a < b ? edge.marks : Edge(0, edge.markAtB, edge.markAtA, 1).marks
    }
}
