internal import Foundation

extension LinePlot {
    private static let size = (width: 420.0, height: 240.0)
    private static let left = 56.0
    private static let top = 24.0

    /// Axes, bands, lines and the legend.
    var drawing: FigureDrawing {
        let points = lines.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
        let xs = Self.widened(points.map(\.x), margin: 0)
        let ys =
            yRange
            ?? Self.widened(points.flatMap { [$0.y - $0.deviation, $0.y + $0.deviation] }, margin: 0.05)
        var children = [SVGElement.label(title, x: Self.left, y: 13, classes: "head")]
        children += axes(xs, ys)
        for (number, line) in lines.enumerated() {
            let colour = FigurePalette.lines[number % FigurePalette.lines.count]
            children += Self.shapes(line, colour: colour, xs, ys)
        }
        let bottom = Self.top + Self.size.height
        for (number, line) in lines.enumerated() {
            let y = bottom + 62 + 18 * Double(number)
            let colour = FigurePalette.lines[number % FigurePalette.lines.count]
            children.append(
                SVGElement(
                    "path",
                    [
                        ("class", Self.classes(line)), ("stroke", colour),
                        ("d", "M\(SVGElement.number(Self.left)) \(SVGElement.number(y - 4)) h26"),
                    ]))
            children.append(.label(line.name, x: Self.left + 34, y: y, classes: "remark"))
        }
        return FigureDrawing(
            width: Self.left + Self.size.width + 12, height: bottom + 56 + 18 * Double(lines.count),
            children: children)
    }

    private func axes(_ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>) -> [SVGElement] {
        let bottom = Self.top + Self.size.height
        var children: [SVGElement] = []
        for tick in Self.ticks(ys) {
            let y = Self.place(x: 0, y: tick, xs, ys).y
            children.append(
                SVGElement(
                    "path",
                    [
                        ("class", "grid"),
                        (
                            "d",
                            "M\(SVGElement.number(Self.left)) \(SVGElement.number(y)) h\(SVGElement.number(Self.size.width))"
                        ),
                    ]))
            children.append(
                .label(Self.text(tick), x: Self.left - 7, y: y + 4, classes: "tick", anchor: "end"))
        }
        for tick in Self.ticks(xs) {
            let x = Self.place(x: tick, y: 0, xs, ys).x
            children.append(.label(Self.text(tick), x: x, y: bottom + 16, classes: "tick", anchor: "middle"))
        }
        children.append(
            SVGElement(
                "path",
                [
                    ("class", "axis"),
                    (
                        "d",
                        "M\(SVGElement.number(Self.left)) \(SVGElement.number(Self.top)) V\(SVGElement.number(bottom)) h\(SVGElement.number(Self.size.width))"
                    ),
                ]))
        children.append(
            .label(
                xLabel, x: Self.left + Self.size.width / 2, y: bottom + 36, classes: "remark muted",
                anchor: "middle"))
        let middle = SVGElement.number(Self.top + Self.size.height / 2)
        children.append(
            SVGElement(
                "text",
                [
                    ("class", "remark muted"), ("text-anchor", "middle"),
                    ("transform", "translate(12 \(middle)) rotate(-90)"),
                ], text: yLabel.escapedForDisplay))
        return children
    }

    /// The band and the line.
    private static func shapes(
        _ line: Line, colour: String, _ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>
    ) -> [SVGElement] {
        let points = line.points.filter { $0.x.isFinite && $0.y.isFinite }
        func path(_ corners: [(Double, Double)]) -> String {
            corners.enumerated().map { number, corner in
                let place = place(x: corner.0, y: corner.1, xs, ys)
                return "\(number == 0 ? "M" : "L")\(SVGElement.number(place.x)) \(SVGElement.number(place.y))"
            }.joined(separator: " ")
        }
        var shapes: [SVGElement] = []
        if points.contains(where: { $0.deviation > 0 }) {
            let outline =
                points.map { ($0.x, $0.y + $0.deviation) }
                + points.reversed().map { ($0.x, $0.y - $0.deviation) }
            shapes.append(
                SVGElement("path", [("class", "band"), ("fill", colour), ("d", path(outline) + " Z")]))
        }
        shapes.append(
            SVGElement(
                "path",
                [("class", classes(line)), ("stroke", colour), ("d", path(points.map { ($0.x, $0.y) }))]))
        return shapes
    }

    private static func classes(_ line: Line) -> String { line.isReference ? "line reference" : "line" }

    /// Where a point lies; what is outside the range is drawn at its edge.
    private static func place(
        x: Double, y: Double, _ xs: ClosedRange<Double>, _ ys: ClosedRange<Double>
    ) -> (x: Double, y: Double) {
        func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
            let extent = range.upperBound - range.lowerBound
            return extent > 0 ? min(max((value - range.lowerBound) / extent, 0), 1) : 0.5
        }
        return (left + size.width * share(x, xs), top + size.height * (1 - share(y, ys)))
    }

    private static func widened(_ values: [Double], margin: Double) -> ClosedRange<Double> {
        guard let least = values.min(), let greatest = values.max() else { return 0...1 }
        let extra = (greatest - least) * margin
        return (least - extra)...(greatest + extra)
    }

    /// Round numbers inside a range, four to eight of them.
    static func ticks(_ range: ClosedRange<Double>) -> [Double] {
        let extent = range.upperBound - range.lowerBound
        guard extent > 0, extent.isFinite else { return [range.lowerBound] }
        let power = pow(10, (log10(extent / 4)).rounded(.down))
        let step = power * ([5, 2, 1].first { extent / (power * $0) >= 4 } ?? 1)
        let first = (range.lowerBound / step).rounded(.up)
        let last = (range.upperBound / step).rounded(.down)
        return first > last ? [] : stride(from: first, through: last, by: 1).map { $0 * step }
    }

    private static func text(_ tick: Double) -> String {
        let text = String(format: "%.6g", tick)
        return text == "-0" ? "0" : text
    }
}
