internal import WhenceExplanation

/// What lines, marks and pills mean; only what the diagram shows.
struct ArcLegend {
    private struct Entry {
        var picture: (_ x: Double, _ y: Double) -> SVGElement
        var pictureWidth: Double
        var text: String
    }

    private static let textSize = 12.5
    private let entries: [Entry]
    private let footnote: String?

    /// - Parameters:
    ///   - target: what the node with a frame is.
    ///   - hasHighlight: whether some nodes are highlighted.
    ///   - widths: what the width of a line says.
    init(graphs: [CausalGraph], target: String, hasHighlight: Bool, widths: String?) {
        let meanings = Set(graphs.flatMap { $0.edges.map { OrientedEdge($0).meaning } }).sorted()
        var entries = meanings.map { meaning in
            Entry(
                picture: { ArcShapes.sample(meaning, x: $0, y: $1 - 4.5, width: 46) }, pictureWidth: 46,
                text: meaning.summary)
        }
        func pill(_ classes: String, _ text: String) -> Entry {
            Entry(
                picture: { .box(x: $0 + 1, y: $1 - 12, width: 26, height: 15, radius: 5, classes: classes) },
                pictureWidth: 28, text: text)
        }
        if graphs.contains(where: { $0.nodes.indices.contains($0.target) }) {
            entries.append(pill("pill target", target))
        }
        if hasHighlight { entries.append(pill("pill found", "left out by the change above")) }
        self.entries = entries
        footnote =
            meanings.isEmpty
            ? nil
            : "Marks: an arrowhead says “no cause of the other end”, a plain end “a cause of it”"
                + (meanings.contains { $0 >= .possibleSelection } ? " or of the selection" : "")
                + ", a circle leaves it open."
                + (widths.map { " " + $0 } ?? "")
    }

    /// Entries side by side, in as many lines as they need; `y` moves to the last line.
    func elements(x: Double, y: inout Double, width: Double) -> [SVGElement] {
        var elements: [SVGElement] = []
        var cursor = x
        y += 18
        for entry in entries {
            let length = entry.pictureWidth + 8 + TextExtent.width(entry.text, size: Self.textSize) + 22
            if cursor > x, cursor + length > x + width {
                cursor = x
                y += 24
            }
            elements.append(entry.picture(cursor, y))
            elements.append(
                .label(entry.text, x: cursor + entry.pictureWidth + 8, y: y, classes: "small"))
            cursor += length
        }
        guard let footnote else { return elements }
        y += 6
        for line in TextExtent.lines(footnote, width: width, size: Self.textSize) {
            y += 18
            elements.append(.label(line, x: x, y: y, classes: "small muted"))
        }
        return elements
    }
}
