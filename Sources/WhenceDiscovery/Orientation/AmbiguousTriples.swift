/// An unshielded triple `a - b - c` of which the separating sets of a and c do not agree whether b belongs to them.
public struct AmbiguousTriple: Sendable, Hashable, Codable {
    /// The smaller end.
    public var a: Int
    /// The middle.
    public var b: Int
    /// The larger end.
    public var c: Int

    /// Makes a triple.
    public init(a: Int, b: Int, c: Int) { (self.a, self.b, self.c) = (a, b, c) }
}

/// The unshielded triples that are neither known to be a collider nor known to be none.
///
/// R0 makes no collider of them, and no rule relies on their being none: R1, R3 and R7 judge a triple each; R5, R9
/// and R10 follow uncovered paths, of which every triple counts, with those at the ends of the path. R4 asks the
/// separating sets themselves.
/// - Note: Ramsey, Spirtes and Zhang 2006, *Adjacency-faithfulness and conservative causal inference*, UAI, §3;
///   Colombo and Maathuis 2014, *Order-independent constraint-based causal structure learning*, JMLR 15, §4.2, and
///   §4.4 for the rules of FCI.
struct AmbiguousTriples: Sendable {
    /// Row `v · nodeCount + u`: every w with an ambiguous `u - v - w`. No row is stored for pairs without any.
    private var ends: [Int: NodeSet] = [:]
    private let nodeCount: Int
    /// All of them by `(a, b, c)`.
    let sorted: [AmbiguousTriple]

    init(_ graph: MixedGraph, _ separators: SeparatorTable) {
        nodeCount = graph.nodeCount
        var triples: [AmbiguousTriple] = []
        for (a, c, disputed) in separators.disputes where !graph.isAdjacent(a, c) {
            for b in disputed where graph.isAdjacent(a, b) && graph.isAdjacent(b, c) {
                triples.append(AmbiguousTriple(a: a, b: b, c: c))
                for (u, w) in [(a, c), (c, a)] {
                    ends[b * nodeCount + u, default: NodeSet(capacity: nodeCount)].insert(w)
                }
            }
        }
        sorted = triples.sorted { ($0.a, $0.b, $0.c) < ($1.a, $1.b, $1.c) }
    }

    /// Whether `u - v - w` is one of them.
    func contains(_ u: Int, _ v: Int, _ w: Int) -> Bool { ends[v * nodeCount + u]?.contains(w) ?? false }

    /// Takes out every w with an ambiguous `u - v - w`.
    @inline(__always)
    func remove(from nodes: inout NodeSet, beyond u: Int, through v: Int) {
        guard !ends.isEmpty, let ambiguous = ends[v * nodeCount + u] else { return }
        nodes.subtract(ambiguous)
    }
}
