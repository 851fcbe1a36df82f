/// A figure of the laboratory: panels in rows, as self-contained SVG.
public struct LaboratoryFigure: Sendable, Hashable {
    /// One line above everything.
    public var title: String
    /// Smaller, below the title.
    public var subtitle: String
    /// Panels from left to right, rows from top to bottom.
    public var rows: [[FigurePanel]]

    /// Makes a figure.
    public init(title: String, subtitle: String, rows: [[FigurePanel]]) {
        self.title = title
        self.subtitle = subtitle
        self.rows = rows
    }

    private static let margin = 28.0
    private static let gap = 36.0

    /// The figure as an SVG document.
    ///
    /// - Parameter titled: whether title and subtitle stand above the panels.
    public func svg(titled: Bool = true) -> String {
        var children: [SVGElement] = []
        var (width, y) = (0.0, titled ? Self.margin + 22 : 8)
        if titled {
            children.append(.label(title, x: Self.margin, y: y, classes: "title"))
            y += 22
            children.append(.label(subtitle, x: Self.margin, y: y, classes: "subtitle muted"))
            y += 20
            width =
                2 * Self.margin
                + max(
                    TextExtent.width(title, size: 20, bold: true), TextExtent.width(subtitle, size: 14))
        }
        let drawings = rows.map { $0.map(\.drawing) }
        let columns = Self.columnWidths(drawings)
        for drawn in drawings {
            var x = Self.margin
            for (column, panel) in drawn.enumerated() {
                children.append(
                    SVGElement(
                        "g", [("transform", "translate(\(SVGElement.number(x)) \(SVGElement.number(y)))")],
                        children: panel.children))
                width = max(width, x + panel.width + Self.margin)
                x += (columns?[column] ?? panel.width) + Self.gap
            }
            y += (drawn.map(\.height).max() ?? 0) + Self.gap
        }
        let height = y - Self.gap + Self.margin
        let (w, h) = (SVGElement.number(width), SVGElement.number(height))
        let background = SVGElement("rect", [("class", "background"), ("width", w), ("height", h)])
        let root = SVGElement(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 \(w) \(h)"), ("width", w),
                ("height", h), ("role", "img"), ("aria-label", title.escapedForDisplay),
            ], children: [SVGElement("style", text: FigurePalette.styleSheet), background] + children)
        var output = ""
        root.write(into: &output)
        return output
    }
}

extension LaboratoryFigure {
    /// The width of each column where rows are as long as one another, so that panels stand below panels.
    private static func columnWidths(_ rows: [[FigureDrawing]]) -> [Double]? {
        guard let count = rows.first?.count, rows.allSatisfy({ $0.count == count }) else { return nil }
        return (0..<count).map { column in rows.map { $0[column].width }.max() ?? 0 }
    }
}

/// A panel's shapes from its own origin, and the room that they take.
struct FigureDrawing {
    var width: Double
    var height: Double
    var children: [SVGElement]
}

extension FigurePanel {
    /// The panel's shapes.
    var drawing: FigureDrawing {
        switch self {
        case .heatMap(let map): map.drawing
        case .linePlot(let plot): plot.drawing
        case .remarks(let lines):
            FigureDrawing(
                width: lines.map { TextExtent.width($0, size: 13) }.max() ?? 0,
                height: 18 * Double(lines.count),
                children: lines.enumerated().map { number, line in
                    .label(line, x: 0, y: 13 + 18 * Double(number), classes: "remark")
                })
        }
    }
}

/// Colours of the laboratory's figures.
enum FigurePalette {
    /// Light surroundings, and dark ones where the reader prefers them; cells of heat maps keep their colours.
    static let styleSheet = """
        text{font-family:ui-sans-serif,system-ui,-apple-system,Segoe UI,Helvetica Neue,Noto Sans,Arial,sans-serif;fill:#18212d}
        .title{font-size:20px;font-weight:650}.subtitle{font-size:14px}.head{font-size:14px;font-weight:650}
        .remark{font-size:13px}.tick{font-size:11.5px}.muted,.tick{fill:#5d6b7c}.background{fill:#ffffff}
        .cells{shape-rendering:crispEdges}.fine{stroke:#d7263d;stroke-opacity:.45;stroke-width:.8;fill:none}
        .axis{stroke:#7b8796;fill:none}.grid{stroke:#e3e8ee;fill:none}.break{stroke:#d7263d;stroke-width:1.4;fill:none}
        .line{fill:none;stroke-width:2}.reference{stroke-dasharray:6 4;stroke-width:1.5}.band{fill-opacity:.2}
        @media (prefers-color-scheme:dark){
        text{fill:#e9eef5}.muted,.tick{fill:#9aa7b8}.background{fill:#11161d}.grid{stroke:#2a3441}
        }
        """

    /// Colours of lines, in their order.
    static let lines = ["#1f5fbf", "#c2500a", "#2a8a4a", "#8a4fbf", "#7b8796"]

    /// Stops of the colours of cells, pale to dark; even in lightness, and readable without colour vision.
    private static let stops: [(Double, Double, Double)] = [
        (247, 248, 250), (176, 208, 232), (94, 158, 207), (35, 98, 168), (10, 37, 92),
    ]

    /// The colour of a number between 0, palest, and 1.
    static func cell(_ share: Double) -> String {
        let place = min(max(share, 0), 1) * Double(stops.count - 1)
        let lower = min(Int(place), stops.count - 2)
        let part = place - Double(lower)
        func mix(_ a: Double, _ b: Double) -> Int { Int((a + (b - a) * part).rounded()) }
        let (from, to) = (stops[lower], stops[lower + 1])
        return "#" + [mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2)].map(hex).joined()
    }

    private static func hex(_ value: Int) -> String {
        let digits = String(value, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}
