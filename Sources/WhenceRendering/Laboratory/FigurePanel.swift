/// A part of a figure of the laboratory, made from numbers.
public enum FigurePanel: Sendable, Hashable {
    /// A matrix as coloured cells.
    case heatMap(HeatMap)
    /// Lines over two axes.
    case linePlot(LinePlot)
    /// Sentences, one a line.
    case remarks([String])
}

/// A matrix as coloured cells, row 0 on top.
public struct HeatMap: Sendable, Hashable {
    /// One line above the matrix.
    public var title: String
    /// Rows of equal lengths; what is not finite is left blank.
    public var rows: [[Double]]
    /// The number that gets the palest and the one that gets the darkest colour; the least and the greatest of `rows`
    /// if not given. Numbers outside get the colour of the nearer end.
    public var range: ClosedRange<Double>?
    /// Rows before which a line is drawn.
    public var rowBreaks: [Int]
    /// Columns before which a line is drawn.
    public var columnBreaks: [Int]
    /// Rows before which a thin line is drawn, within parts.
    public var fineRowBreaks: [Int]
    /// Columns before which a thin line is drawn, within parts.
    public var fineColumnBreaks: [Int]
    /// Names of the parts between the rows' breaks.
    public var rowParts: [String]
    /// Names of the parts between the columns' breaks.
    public var columnParts: [String]
    /// The side of a cell in pixels.
    public var cell: Double

    /// Makes a heat map.
    public init(
        title: String, rows: [[Double]], range: ClosedRange<Double>? = nil, rowBreaks: [Int] = [],
        columnBreaks: [Int] = [], fineRowBreaks: [Int] = [], fineColumnBreaks: [Int] = [],
        rowParts: [String] = [], columnParts: [String] = [], cell: Double = 10
    ) {
        self.title = title
        self.rows = rows
        self.range = range
        self.rowBreaks = rowBreaks
        self.columnBreaks = columnBreaks
        self.fineRowBreaks = fineRowBreaks
        self.fineColumnBreaks = fineColumnBreaks
        self.rowParts = rowParts
        self.columnParts = columnParts
        self.cell = cell
    }

    /// The range that colours span.
    var span: ClosedRange<Double> {
        if let range { return range }
        let numbers = rows.joined().filter(\.isFinite)
        return (numbers.min() ?? 0)...(numbers.max() ?? 0)
    }
}

/// Lines over two axes.
public struct LinePlot: Sendable, Hashable {
    /// Points joined by a line.
    public struct Line: Sendable, Hashable {
        /// What the line is, in the legend.
        public var name: String
        /// Points by ascending `x`.
        public var points: [Point]
        /// Whether it is a level to compare with, drawn dashed.
        public var isReference: Bool

        /// Makes a line.
        public init(name: String, points: [Point], isReference: Bool = false) {
            self.name = name
            self.points = points
            self.isReference = isReference
        }
    }

    /// A point, and how far the band around it reaches to either side.
    public struct Point: Sendable, Hashable {
        /// Along the horizontal axis.
        public var x: Double
        /// Along the vertical axis.
        public var y: Double
        /// Half the height of the band; 0 for none.
        public var deviation: Double

        /// Makes a point.
        public init(x: Double, y: Double, deviation: Double = 0) {
            self.x = x
            self.y = y
            self.deviation = deviation
        }
    }

    /// One line above the plot.
    public var title: String
    /// What the horizontal axis is.
    public var xLabel: String
    /// What the vertical axis is.
    public var yLabel: String
    /// The lines, each with a colour of its own.
    public var lines: [Line]
    /// What the vertical axis spans; all points and bands if not given.
    public var yRange: ClosedRange<Double>?

    /// Makes a plot.
    public init(
        title: String, xLabel: String, yLabel: String, lines: [Line], yRange: ClosedRange<Double>? = nil
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.lines = lines
        self.yRange = yRange
    }
}
