internal import WhenceDiscovery
internal import WhenceExplanation

/// Arcs and their marks as SVG.
enum ArcShapes {
    /// Length of the straight piece at each end of an arc, on which the mark stands.
    private static let stub = 12.0

    /// An arc over the line `y`, with marks at both ends and a sentence that shows while a pointer rests on it.
    static func arc(_ arc: ArcPanel.Arc, line y: Double, note: String) -> SVGElement {
        let radiusX = (arc.right - arc.left) / 2
        let radiusY = max(4, arc.height - stub)
        let (left, right) = (SVGElement.number(arc.left), SVGElement.number(arc.right))
        let shoulder = SVGElement.number(y - stub)
        let radii = "\(SVGElement.number(radiusX)) \(SVGElement.number(radiusY))"
        let path =
            "M\(left) \(SVGElement.number(y - length(arc.markAtLeft))) V\(shoulder) "
            + "A\(radii) 0 0 1 \(right) \(shoulder) "
            + "V\(SVGElement.number(y - length(arc.markAtRight)))"
        let meaning = OrientedEdge(arc.edge).meaning
        let children = [
            SVGElement("title", text: note),
            SVGElement(
                "path",
                [("d", path)]
                    + (arc.width.map { [("style", "stroke-width:\(SVGElement.number($0))px")] } ?? [])),
            mark(arc.markAtLeft, x: arc.left, y: y, dx: 0, dy: 1),
            mark(arc.markAtRight, x: arc.right, y: y, dx: 0, dy: 1),
        ]
        return SVGElement(
            "g", [("class", "edge \(meaning.styleClass)\(arc.isNear ? " near" : "")")],
            children: children.compactMap(\.self))
    }

    /// A short straight edge for the legend.
    static func sample(_ meaning: EdgeMeaning, x: Double, y: Double, width: Double) -> SVGElement {
        let (source, target) = meaning.endMarks
        let start = SVGElement.number(x + length(source))
        let end = SVGElement.number(x + width - length(target))
        let children = [
            SVGElement("path", [("d", "M\(start) \(SVGElement.number(y)) H\(end)")]),
            mark(source, x: x, y: y, dx: -1, dy: 0),
            mark(target, x: x + width, y: y, dx: 1, dy: 0),
        ]
        return SVGElement(
            "g", [("class", "edge \(meaning.styleClass) near")], children: children.compactMap(\.self))
    }

    /// How much of the line's end a mark covers.
    private static func length(_ mark: Mark) -> Double {
        switch mark {
        case .tail: 0
        case .arrow: 8
        case .circle: 8
        }
    }

    /// A mark whose outer end touches `(x, y)`, on a line that arrives in the direction `(dx, dy)`.
    private static func mark(_ mark: Mark, x: Double, y: Double, dx: Double, dy: Double) -> SVGElement? {
        switch mark {
        case .tail: return nil
        case .circle:
            return SVGElement(
                "circle",
                [
                    ("class", "circle"), ("cx", SVGElement.number(x - 4.2 * dx)),
                    ("cy", SVGElement.number(y - 4.2 * dy)), ("r", "3.8"),
                ])
        case .arrow:
            let (backX, backY) = (x - 9.5 * dx, y - 9.5 * dy)
            let corners = [
                (x, y), (backX + 4.3 * dy, backY + 4.3 * dx), (backX - 4.3 * dy, backY - 4.3 * dx),
            ]
            let points = corners.map { "\(SVGElement.number($0.0)),\(SVGElement.number($0.1))" }
            return SVGElement("polygon", [("class", "arrow"), ("points", points.joined(separator: " "))])
        }
    }
}

extension EdgeMeaning {
    fileprivate var styleClass: String {
        switch self {
        case .cause, .possibleCause: "cause"
        case .hiddenCommonCause: "hidden"
        case .unknown: "unknown"
        case .possibleSelection, .selection: "selection"
        }
    }

    fileprivate var endMarks: (Mark, Mark) {
        switch self {
        case .cause: (.tail, .arrow)
        case .possibleCause: (.circle, .arrow)
        case .hiddenCommonCause: (.arrow, .arrow)
        case .unknown: (.circle, .circle)
        case .possibleSelection: (.circle, .tail)
        case .selection: (.tail, .tail)
        }
    }
}
