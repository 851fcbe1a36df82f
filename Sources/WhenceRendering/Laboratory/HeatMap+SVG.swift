internal import Foundation

extension HeatMap {
    private static let labelRoom = 20.0

    /// The matrix with its lines, names and the scale of its colours.
    var drawing: FigureDrawing {
        let (height, width) = (Double(rows.count) * cell, Double(rows.first?.count ?? 0) * cell)
        let left = rowParts.isEmpty ? 0 : Self.labelRoom
        let top = 24 + (columnParts.isEmpty ? 0 : Self.labelRoom)
        var children = [SVGElement.label(title, x: left, y: 13, classes: "head")]
        children += cells(left: left, top: top)
        children += lines(left: left, top: top, width: width, height: height)
        children += names(left: left, top: top, width: width, height: height)
        children += scale(left: left, y: top + height + 12, width: width)
        return FigureDrawing(
            width: left + max(width, TextExtent.width(title, size: 14, bold: true), 140),
            height: top + height + 40, children: children)
    }

    private func cells(left: Double, top: Double) -> [SVGElement] {
        let span = span
        let extent = span.upperBound - span.lowerBound
        let side = SVGElement.number(cell)
        return rows.enumerated().flatMap { row, numbers in
            numbers.enumerated().compactMap { column, number -> SVGElement? in
                guard number.isFinite else { return nil }
                let share = extent > 0 ? (number - span.lowerBound) / extent : 0
                return SVGElement(
                    "rect",
                    [
                        ("x", SVGElement.number(left + Double(column) * cell)),
                        ("y", SVGElement.number(top + Double(row) * cell)), ("width", side),
                        ("height", side), ("fill", FigurePalette.cell(share)),
                    ],
                    children: rows.count * numbers.count <= 1200
                        ? [SVGElement("title", text: "\(row), \(column): \(Self.text(number))")] : [])
            }
        }
    }

    private func lines(left: Double, top: Double, width: Double, height: Double) -> [SVGElement] {
        let frame = SVGElement(
            "rect",
            [
                ("class", "axis"), ("x", SVGElement.number(left)), ("y", SVGElement.number(top)),
                ("width", SVGElement.number(width)), ("height", SVGElement.number(height)),
            ])
        let horizontal = rowBreaks.map { row in
            let y = SVGElement.number(top + Double(row) * cell)
            return "M\(SVGElement.number(left)) \(y) h\(SVGElement.number(width))"
        }
        let vertical = columnBreaks.map { column in
            let x = SVGElement.number(left + Double(column) * cell)
            return "M\(x) \(SVGElement.number(top)) v\(SVGElement.number(height))"
        }
        let breaks = (horizontal + vertical).joined(separator: " ")
        return [frame] + (breaks.isEmpty ? [] : [SVGElement("path", [("class", "break"), ("d", breaks)])])
    }

    /// Names of the parts, each in the middle of its part, columns above and rows beside, turned.
    private func names(left: Double, top: Double, width: Double, height: Double) -> [SVGElement] {
        let columns = Self.middles(columnBreaks, end: rows.first?.count ?? 0)
        let above = zip(columnParts, columns).map { name, middle in
            SVGElement.label(
                name, x: left + middle * cell, y: top - 7, classes: "tick", anchor: "middle")
        }
        let beside = zip(rowParts, Self.middles(rowBreaks, end: rows.count)).map { name, middle in
            let (x, y) = (SVGElement.number(left - 7), SVGElement.number(top + middle * cell))
            return SVGElement(
                "text",
                [
                    ("class", "tick"), ("text-anchor", "middle"),
                    ("transform", "translate(\(x) \(y)) rotate(-90)"),
                ],
                text: name.escapedForDisplay)
        }
        return above + beside
    }

    private static func middles(_ breaks: [Int], end: Int) -> [Double] {
        let edges = [0] + breaks + [end]
        return zip(edges, edges.dropFirst()).map { Double($0 + $1) / 2 }
    }

    private func scale(left: Double, y: Double, width: Double) -> [SVGElement] {
        let steps = 24
        let length = min(max(width, 96), 168)
        let bar = (0..<steps).map { step in
            SVGElement(
                "rect",
                [
                    ("x", SVGElement.number(left + length * Double(step) / Double(steps))),
                    ("y", SVGElement.number(y)), ("width", SVGElement.number(length / Double(steps) + 0.5)),
                    ("height", "6"), ("fill", FigurePalette.cell(Double(step) / Double(steps - 1))),
                ])
        }
        return bar + [
            .label(Self.text(span.lowerBound), x: left, y: y + 18, classes: "tick"),
            .label(
                Self.text(span.upperBound), x: left + length, y: y + 18, classes: "tick", anchor: "end"),
        ]
    }

    /// A number in at most three digits.
    static func text(_ number: Double) -> String { String(format: "%.3g", number) }
}
