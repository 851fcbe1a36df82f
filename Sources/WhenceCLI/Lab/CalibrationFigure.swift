import Foundation
import Whence

/// A calibration as a picture: F1 of every method, with its interval, and of random graphs of the same density.
struct CalibrationFigure {
    var report: CalibrationReport

    private static let (labels, plot, rowHeight, margin) = (230.0, 360.0, 15.0, 16.0)

    private static let legend =
        "Dot and bar: mean and 95 % over seeds. Ring: random graphs of equal density. Grey tick: before training."

    /// A self-contained SVG document.
    var svg: String {
        var body: [String] = []
        var y = 54.0
        var last: CalibrationRow?
        for row in report.rows {
            if last?.family != row.family || last?.layer != row.layer {
                y += 20
                body.append(
                    Self.text("\(row.family.rawValue), layer \(row.layer)", x: Self.margin, y: y, "head"))
                y += 6
            }
            y += Self.rowHeight
            body += marks(row, y)
            last = row
        }
        let (width, height) = (Self.margin * 2 + Self.labels + Self.plot, y + 30)
        let lines = stride(from: 0.0, through: 1, by: 0.25).flatMap { value in
            [
                "<line class=\"grid\" x1=\"\(Self.place(value))\" y1=\"60\" x2=\"\(Self.place(value))\" "
                    + "y2=\"\(Self.number(y + 8))\"/>",
                Self.text("\(value)", x: Self.labels + Self.margin + value * Self.plot, y: 56, "tick"),
            ]
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))" height="\(Self.number(height))" \
            viewBox="0 0 \(Self.number(width)) \(Self.number(height))" role="img">
            <title>Calibration: F1 of the adjacencies found, against the known graph</title>
            <style>
            svg { background: #fff; font: 11px system-ui, sans-serif; fill: #222 }
            .head { font-weight: 600 } .title { font-size: 13px; font-weight: 600 }
            .tick { fill: #666; text-anchor: middle } .legend { fill: #666 } .grid { stroke: #ddd }
            .attention { stroke: #b2182b; fill: #b2182b } .residual { stroke: #d98c00; fill: #d98c00 }
            .structural { stroke: #2166ac; fill: #2166ac } .baseline { stroke: #555; fill: #555 }
            .untrained { stroke: #999; stroke-width: 2 } .random { stroke: #999; fill: none }
            </style>
            \(Self.text("F1 of the adjacencies found, against the known graph", x: Self.margin, y: 20, "title"))
            \(Self.text(Self.legend, x: Self.margin, y: 36, "legend"))
            \((lines + body).joined(separator: "\n"))
            </svg>

            """
    }

    private func marks(_ row: CalibrationRow, _ y: Double) -> [String] {
        let name = row.reading?.rawValue ?? "baseline"
        let middle = Self.number(y - 4)
        var marks = [Self.text(row.displayName, x: Self.margin + 8, y: y, "row")]
        if let random = row.randomEstimate(.f1) {
            marks.append(
                "<circle class=\"random\" cx=\"\(Self.place(random.value))\" cy=\"\(middle)\" r=\"3\"/>")
        }
        if let untrained = row.untrainedEstimate(.f1) {
            let x = Self.place(untrained.value)
            marks.append(
                "<line class=\"untrained\" x1=\"\(x)\" y1=\"\(Self.number(y - 9))\" x2=\"\(x)\" "
                    + "y2=\"\(Self.number(y + 1))\"/>")
        }
        if let found = row.estimate(.f1) {
            marks += [
                "<line class=\"\(name)\" x1=\"\(Self.place(found.interval[0]))\" y1=\"\(middle)\" "
                    + "x2=\"\(Self.place(found.interval[1]))\" y2=\"\(middle)\"/>",
                "<circle class=\"\(name)\" cx=\"\(Self.place(found.value))\" cy=\"\(middle)\" r=\"3.5\"/>",
            ]
        }
        return marks
    }

    private static func place(_ value: Double) -> String { number(margin + labels + value * plot) }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    /// The names that are written need no escaping: they are the program's own.
    private static func text(_ text: String, x: Double, y: Double, _ kind: String) -> String {
        "<text class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\">\(text)</text>"
    }
}
