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

    /// Cells with their numbers, or, of a matrix too large for those, bars of cells of one colour.
    private func cells(left: Double, top: Double) -> [SVGElement] {
        let isNumbered = rows.count * (rows.first?.count ?? 0) <= 1200
        let span = span
        let drawn = rows.enumerated().flatMap { row, numbers in
            let colours = numbers.map { Self.colour($0, in: span) }
            var cells: [SVGElement] = []
            var column = 0
            while column < colours.count {
                var end = column + 1
                while !isNumbered, end < colours.count, colours[end] == colours[column] { end += 1 }
                if let colour = colours[column] {
                    cells.append(
                        SVGElement(
                            "rect",
                            [
                                ("x", SVGElement.number(left + Double(column) * cell)),
                                ("y", SVGElement.number(top + Double(row) * cell)),
                                ("width", SVGElement.number(Double(end - column) * cell)),
                                ("height", SVGElement.number(cell)), ("fill", colour),
                            ],
                            children: isNumbered
                                ? [
                                    SVGElement(
                                        "title", text: "\(row), \(column): \(Self.text(numbers[column]))")
                                ]
                                : []))
                }
                column = end
            }
            return cells
        }
        return [SVGElement("g", [("class", "cells")], children: drawn)]
    }

    /// The colour of a number; nil for what is not finite.
    private static func colour(_ number: Double, in span: ClosedRange<Double>) -> String? {
        guard number.isFinite else { return nil }
        let extent = span.upperBound - span.lowerBound
        return FigurePalette.cell(extent > 0 ? (number - span.lowerBound) / extent : 0)
    }

    private func lines(left: Double, top: Double, width: Double, height: Double) -> [SVGElement] {
        let frame = SVGElement(
            "rect",
            [
                ("class", "axis"), ("x", SVGElement.number(left)), ("y", SVGElement.number(top)),
                ("width", SVGElement.number(width)), ("height", SVGElement.number(height)),
            ])
        func path(_ rows: [Int], _ columns: [Int], _ kind: String) -> [SVGElement] {
            let horizontal = rows.map { row in
                let y = SVGElement.number(top + Double(row) * cell)
                return "M\(SVGElement.number(left)) \(y) h\(SVGElement.number(width))"
            }
            let vertical = columns.map { column in
                let x = SVGElement.number(left + Double(column) * cell)
                return "M\(x) \(SVGElement.number(top)) v\(SVGElement.number(height))"
            }
            let breaks = (horizontal + vertical).joined(separator: " ")
            return breaks.isEmpty ? [] : [SVGElement("path", [("class", kind), ("d", breaks)])]
        }
        return path(fineRowBreaks, fineColumnBreaks, "fine") + [frame]
            + path(rowBreaks, columnBreaks, "break")
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
