internal import WhenceExplanation
internal import WhenceLoader

/// The sentence laid out along a line: one column for each word, nodes or not, the target where its token
/// stands. All panels share the columns, so that heads can be compared.
struct ArcColumns {
    struct Column {
        var label: String
        /// The node of the graphs; `nil` for a word that is none.
        var node: Int?
        var center: Double
        var width: Double
    }

    /// How labels are written: flat, or slanted where the line would get too long.
    enum Direction {
        case horizontal
        case slanted
    }

    /// Size of the labels in pixels.
    static let fontSize = 15.0
    /// Space that one end of an arc takes.
    static let portSpacing = 10.0

    private(set) var columns: [Column]
    let direction: Direction
    /// From the left edge of the first column to the right edge of the last, labels included.
    private(set) var width: Double
    /// Height below the line that labels take.
    let labelHeight: Double

    /// - Parameters:
    ///   - graphs: graphs over the same nodes; without any, only words are laid out.
    ///   - input: words that are no nodes stand among them as plain text.
    ///   - minimumWidth: short sentences are spread to look less lonely, but not further than this.
    ///   - areTitles: whether labels are titles, which are longer than words and keep the year at their end.
    init(
        graphs: [CausalGraph], input: TokenizedText?, minimumWidth: Double, areTitles: Bool = false,
        horizontalLimit: Double = 1120
    ) {
        let parts = Self.parts(graphs: graphs, input: input, areTitles: areTitles)
        let ends = (0..<(graphs.first?.nodes.count ?? 0)).map { node in
            graphs.map { graph in graph.edges.count { $0.a == node || $0.b == node } }.max() ?? 0
        }
        func portWidth(_ node: Int?) -> Double {
            node.map { Double(ends[$0]) * Self.portSpacing + 6 } ?? 0
        }
        let labelWidths = parts.map { TextExtent.width($0.label, size: Self.fontSize, bold: true) }
        let horizontal = zip(parts, labelWidths).map { max($1 + 18, portWidth($0.node)) }
        let gap = 10.0
        let horizontalTotal = horizontal.reduce(0, +) + gap * Double(max(0, parts.count - 1))
        // Where arcs need much room anyway, words may lie flat beyond the limit too.
        let slanted = parts.map { max(28, portWidth($0.node)) }
        let slantedTotal = slanted.reduce(0) { $0 + $1 + 6 }
        let isHorizontal = horizontalTotal <= max(horizontalLimit, 1.2 * slantedTotal)
        direction = isHorizontal ? .horizontal : .slanted
        let widths = isHorizontal ? horizontal : slanted
        let slack = minimumWidth - (isHorizontal ? horizontalTotal : slantedTotal)
        let spread = parts.count > 1 ? slack / Double(parts.count - 1) : 0
        let spacing = isHorizontal ? gap + min(max(0, spread), 56) : 6 + min(max(0, spread), 24)

        var x = 0.0
        columns = zip(parts, widths).map { part, width in
            defer { x += width + spacing }
            return Column(label: part.label, node: part.node, center: x + width / 2, width: width)
        }
        let lineEnd = max(0, x - spacing)
        if isHorizontal {
            labelHeight = 30
            width = lineEnd
        } else {
            // Labels fall to the lower right at 45 degrees.
            labelHeight = 20 + (labelWidths.max() ?? 0) * 0.7072
            width = zip(columns, labelWidths).reduce(lineEnd) { max($0, $1.0.center + $1.1 * 0.7072 + 16) }
        }
    }

    /// Moves everything to the right.
    mutating func shift(by distance: Double) {
        for index in columns.indices { columns[index].center += distance }
    }

    /// The column of each node.
    var columnOfNode: [Int: Int] {
        var result: [Int: Int] = [:]
        for (index, column) in columns.enumerated() {
            if let node = column.node { result[node] = index }
        }
        return result
    }

    /// Nodes and the words that no node holds, in the order of their first tokens.
    private static func parts(
        graphs: [CausalGraph], input: TokenizedText?, areTitles: Bool
    ) -> [(label: String, node: Int?)] {
        func shown(_ label: String) -> String {
            guard !label.isEmpty else { return "“”" }
            return areTitles
                ? label.visibleLabel.elidedTitle(toWidth: 34) : label.visibleLabel.elided(toWidth: 20)
        }
        let nodes = graphs.first?.nodes ?? []
        let covered = Set(nodes.flatMap(\.tokens))
        var parts: [(position: Int, label: String, node: Int?)] = nodes.map {
            ($0.tokens.first ?? Int.max, shown($0.label), $0.index)
        }
        for word in input?.words ?? [] where covered.isDisjoint(with: word.tokens) {
            parts.append((word.tokens.first ?? Int.max, shown(word.text), nil))
        }
        return parts.enumerated()
            .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
            .map { ($0.element.label, $0.element.node) }
    }
}
