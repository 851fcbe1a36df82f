/// A graph whose edges carry a mark at each end: a partial ancestral graph, or a maximal ancestral graph when
/// no mark is a circle.
///
/// Between two nodes there is at most one edge, every edge has exactly two marks, and no node has an edge to
/// itself: nothing else can be stored. Nodes are `0 ..< nodeCount`.
///
/// Stored as bit sets, a row a node: the neighbours, those whose edge has an arrowhead here, those whose edge
/// has a tail here, and the same two seen from the other end. The rules of orientation are set algebra on
/// these rows.
public struct MixedGraph: Sendable, Hashable {
    /// Number of nodes.
    public let nodeCount: Int
    /// Row v: every u with an edge to v.
    private(set) var adjacent: [NodeSet]
    /// Row v: every u with `u *-> v`.
    private(set) var arrowsAt: [NodeSet]
    /// Row v: every u with `u *-- v`.
    private(set) var tailsAt: [NodeSet]
    /// Row v: every u with `v *-> u`; the transpose of `arrowsAt`.
    private(set) var arrowsFrom: [NodeSet]
    /// Row v: every u with `v *-- u`; the transpose of `tailsAt`.
    private(set) var tailsFrom: [NodeSet]

    /// A graph without edges.
    ///
    /// - Precondition: `nodeCount` is not negative.
    public init(nodeCount: Int) {
        precondition(nodeCount >= 0, "a graph cannot have \(nodeCount) nodes")
        let empty = [NodeSet](repeating: NodeSet(capacity: nodeCount), count: nodeCount)
        self.nodeCount = nodeCount
        (adjacent, arrowsAt, tailsAt, arrowsFrom, tailsFrom) = (empty, empty, empty, empty, empty)
    }

    /// The graph with an edge `o-o` between every two nodes, from which discovery starts.
    public init(completeOver nodeCount: Int) {
        self.init(nodeCount: nodeCount)
        let all = NodeSet(allOf: nodeCount)
        for node in 0..<nodeCount { adjacent[node] = all - node }
    }

    /// A graph with the given edges.
    ///
    /// - Throws: `DiscoveryError.illegalEdge` when an edge names a node outside the graph or joins two nodes
    ///   that an earlier edge joins.
    public init(nodeCount: Int, edges: some Sequence<Edge>) throws {
        self.init(nodeCount: nodeCount)
        for edge in edges {
            guard edge.b < nodeCount else {
                throw DiscoveryError.illegalEdge(edge, "the graph has \(nodeCount) nodes, counted from 0")
            }
            guard !isAdjacent(edge.a, edge.b) else {
                throw DiscoveryError.illegalEdge(edge, "these two nodes already have an edge")
            }
            connect(edge)
        }
    }

    /// Adds an edge, or gives an existing one new marks.
    ///
    /// - Precondition: both nodes belong to the graph.
    public mutating func connect(_ edge: Edge) {
        precondition(edge.b < nodeCount, "node \(edge.b) is outside a graph of \(nodeCount) nodes")
        adjacent[edge.a].insert(edge.b)
        adjacent[edge.b].insert(edge.a)
        setMark(edge.markAtA, at: edge.a, from: edge.b)
        setMark(edge.markAtB, at: edge.b, from: edge.a)
    }

    /// Removes the edge between two nodes, if there is one.
    public mutating func disconnect(_ a: Int, _ b: Int) {
        for (near, far) in [(a, b), (b, a)] {
            adjacent[near].remove(far)
            arrowsAt[near].remove(far)
            tailsAt[near].remove(far)
            arrowsFrom[near].remove(far)
            tailsFrom[near].remove(far)
        }
    }

    /// Sets the mark at `node` on the edge that comes from `other`.
    ///
    /// - Precondition: the two are adjacent.
    public mutating func setMark(_ mark: Mark, at node: Int, from other: Int) {
        precondition(adjacent[node].contains(other), "no edge between \(node) and \(other) to put a mark on")
        arrowsAt[node].remove(other)
        tailsAt[node].remove(other)
        arrowsFrom[other].remove(node)
        tailsFrom[other].remove(node)
        switch mark {
        case .arrow:
            arrowsAt[node].insert(other)
            arrowsFrom[other].insert(node)
        case .tail:
            tailsAt[node].insert(other)
            tailsFrom[other].insert(node)
        case .circle: break
        }
    }

    /// Turns every mark back into a circle.
    public mutating func resetMarks() {
        let empty = [NodeSet](repeating: NodeSet(capacity: nodeCount), count: nodeCount)
        (arrowsAt, tailsAt, arrowsFrom, tailsFrom) = (empty, empty, empty, empty)
    }
}
