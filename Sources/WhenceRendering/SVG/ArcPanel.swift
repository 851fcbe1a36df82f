internal import WhenceDiscovery
internal import WhenceExplanation

/// The arcs of one graph above the words.
struct ArcPanel {
    /// An edge and where its ends stand on the line.
    struct Arc {
        var edge: CausalGraph.GraphEdge
        var left: Double
        var right: Double
        var markAtLeft: Mark
        var markAtRight: Mark
        /// How far the arc rises above the line.
        var height: Double
        /// Whether the target is one of its ends; all arcs are near where there is no target.
        var isNear: Bool
        /// Width of the line, where the edge's trust is known.
        var width: Double?
    }

    let graph: CausalGraph
    let arcs: [Arc]

    /// The highest arc, with room for the pen.
    var height: Double { (arcs.map(\.height).max() ?? 0) + 6 }

    /// - Parameter widths: of the lines, one an edge.
    init(_ graph: CausalGraph, columns: ArcColumns, widths: [Double?]) {
        self.graph = graph
        let columnOfNode = columns.columnOfNode
        var ends: [Int: [(edge: Int, other: Int)]] = [:]
        for (index, edge) in graph.edges.enumerated() {
            guard let a = columnOfNode[edge.a], let b = columnOfNode[edge.b] else { continue }
            ends[a, default: []].append((index, b))
            ends[b, default: []].append((index, a))
        }
        // Around one word, arcs to the left end left of arcs to the right, and of two arcs on one side the
        // longer ends nearer to the middle: so arcs of one word do not cross.
        var portOfEnd: [[Int]: Double] = [:]
        for (column, list) in ends {
            let sorted = list.sorted { first, second in
                let (firstIsLeft, secondIsLeft) = (first.other < column, second.other < column)
                if firstIsLeft != secondIsLeft { return firstIsLeft }
                return first.other > second.other
            }
            let center = columns.columns[column].center
            for (position, end) in sorted.enumerated() {
                let offset = Double(position) - Double(sorted.count - 1) / 2
                portOfEnd[[end.edge, column]] = center + offset * ArcColumns.portSpacing
            }
        }
        let hasTarget = graph.nodes.indices.contains(graph.target)
        func isNear(_ edge: CausalGraph.GraphEdge) -> Bool {
            !hasTarget || edge.a == graph.target || edge.b == graph.target
        }
        arcs = graph.edges.enumerated().compactMap { index, edge in
            guard let a = columnOfNode[edge.a], let b = columnOfNode[edge.b],
                let portA = portOfEnd[[index, a]], let portB = portOfEnd[[index, b]]
            else { return nil }
            let isForward = portA < portB
            return Arc(
                edge: edge, left: min(portA, portB), right: max(portA, portB),
                markAtLeft: isForward ? edge.markAtA : edge.markAtB,
                markAtRight: isForward ? edge.markAtB : edge.markAtA,
                height: Self.height(span: abs(portB - portA)),
                isNear: isNear(edge),
                width: widths.indices.contains(index) ? widths[index] : nil)
        }
    }

    /// Longer arcs are higher, but less than in proportion, so that long sentences stay in sight.
    static func height(span: Double) -> Double {
        20 + 0.2 * span + 3 * span.squareRoot()
    }
}
