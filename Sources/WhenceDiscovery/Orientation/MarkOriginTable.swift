/// The origin of every mark of a graph: a byte an end of an edge.
struct MarkOriginTable: Sendable, Hashable {
    private let nodeCount: Int
    /// The code of an origin, or 0, at `node · nodeCount + other`.
    private var codes: [UInt8]

    /// What a code stands for, from code 1 on.
    private static let origins = OrientationRule.allCases.map { MarkOrigin.rule($0) } + [.knowledge, .order]
    private static let knowledge = code(of: .knowledge)

    init(nodeCount: Int) {
        self.nodeCount = nodeCount
        codes = [UInt8](repeating: 0, count: nodeCount * nodeCount)
    }

    /// The code to record an origin by.
    static func code(of origin: MarkOrigin) -> UInt8 {
        origins.firstIndex(of: origin).map { UInt8($0 + 1) } ?? 0
    }

    @inline(__always)
    mutating func record(_ code: UInt8, at node: Int, from other: Int) {
        codes[node * nodeCount + other] = code
    }

    /// Whether background knowledge set the mark, so that no rule may change it.
    @inline(__always)
    func isKnown(at node: Int, from other: Int) -> Bool { codes[node * nodeCount + other] == Self.knowledge }

    /// What set the mark at a node on the edge that comes from another.
    subscript(node: Int, other: Int) -> MarkOrigin? {
        let code = Int(codes[node * nodeCount + other])
        return code == 0 ? nil : Self.origins[code - 1]
    }

    /// The origins of the marks of every edge, in the order of `graph.edges`.
    func edgeOrigins(of graph: MixedGraph) -> [EdgeOrigins] {
        graph.edges.map { EdgeOrigins(atA: self[$0.a, $0.b], atB: self[$0.b, $0.a]) }
    }
}
