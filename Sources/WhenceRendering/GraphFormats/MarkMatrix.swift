internal import WhenceDiscovery

/// A matrix whose entries are the marks of a partial ancestral graph.
///
/// The two conventions that are read are each other's transposes, and number the marks differently:
/// - pcalg's `amat.pag` (its manual, *amatType*): entry (a, b) is the mark **at b**; 1 circle, 2 arrowhead,
///   3 tail. `amat[a, b] = 2` with `amat[b, a] = 3` is a --> b.
/// - causal-learn's `GeneralGraph.graph`: entry (a, b) is the mark **at a**; -1 tail, 1 arrowhead, 2 circle.
///   `graph[b, a] = 1` with `graph[a, b] = -1` is a --> b.
struct MarkMatrix {
    let format: GraphFormat
    let tail: Int
    let arrow: Int
    let circle: Int
    /// Whether entry (a, b) is the mark at a.
    let isMarkAtRow: Bool
    let hasRowNames: Bool

    static let pcalg = MarkMatrix(
        format: .pcalg, tail: 3, arrow: 2, circle: 1, isMarkAtRow: false, hasRowNames: true)
    static let causalLearn = MarkMatrix(
        format: .causalLearn, tail: -1, arrow: 1, circle: 2, isMarkAtRow: true, hasRowNames: false)

    func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        try graph(MatrixTable(text, from: path))
    }

    func graph(_ table: MatrixTable) throws(RenderingError) -> NamedGraph {
        var assembly = try table.assembly()
        for a in table.rows.indices {
            for b in a + 1..<table.rows.count {
                let (forth, back) = (table.rows[a][b], table.rows[b][a])
                guard forth != 0 || back != 0 else { continue }
                let place = table.place(a, b)
                guard forth != 0, back != 0 else {
                    throw place.error("\(forth) and \(back); expected both or neither to be 0")
                }
                let (first, second) = (try mark(forth, at: place), try mark(back, at: place))
                try assembly.connect(
                    a, isMarkAtRow ? first : second, isMarkAtRow ? second : first, b, at: place)
            }
        }
        return try assembly.finished()
    }

    func write(_ graph: NamedGraph) throws(RenderingError) -> String {
        try graph.matrix(as: format, hasRowNames: hasRowNames) { a, b in
            let (node, other) = isMarkAtRow ? (a, b) : (b, a)
            return switch graph.graph.mark(at: node, from: other) {
            case nil: 0
            case .tail?: tail
            case .arrow?: arrow
            case .circle?: circle
            }
        }
    }

    private func mark(_ number: Int, at place: GraphPlace) throws(RenderingError) -> Mark {
        switch number {
        case tail: return .tail
        case arrow: return .arrow
        case circle: return .circle
        default:
            let twice =
                format == .causalLearn && (number == 4 || number == 5)
                ? "; with it causal-learn says that the nodes have two edges, which no ancestral graph has"
                : ""
            throw place.error(
                "\(number) is no mark; expected \(tail) (tail), \(arrow) (arrowhead) or \(circle) (circle)\(twice)"
            )
        }
    }
}
