/// A matrix that was learnt, or one of its parts.
public struct ParameterMatrix: Sendable, Hashable, Codable {
    /// Rows: the asking side of attention, the reading side of an output.
    public let rowCount: Int
    /// Columns.
    public let columnCount: Int
    /// Row after row.
    public private(set) var elements: [Float]

    init(rowCount: Int, columnCount: Int, elements: [Float]) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.elements = elements
    }

    private enum CodingKeys: String, CodingKey { case rowCount, columnCount, elements }

    /// Reads a matrix.
    ///
    /// - Throws: `LaboratoryError.batch` unless there is an element for each row and column.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rowCount = try container.decode(Int.self, forKey: .rowCount)
        columnCount = try container.decode(Int.self, forKey: .columnCount)
        elements = try container.decode([Float].self, forKey: .elements)
        let (count, isTooLarge) = rowCount.multipliedReportingOverflow(by: columnCount)
        guard rowCount >= 0, columnCount >= 0, !isTooLarge, count == elements.count else {
            throw LaboratoryError.batch(
                "a matrix of \(rowCount) rows and \(columnCount) columns does not have \(elements.count) elements"
            )
        }
    }

    /// One element.
    public internal(set) subscript(row: Int, column: Int) -> Float {
        get { elements[row * columnCount + column] }
        set { elements[row * columnCount + column] = newValue }
    }

    /// One row.
    public func row(_ row: Int) -> [Float] { Array(elements[row * columnCount..<(row + 1) * columnCount]) }

    /// A rectangle of the matrix.
    public func part(rows: Range<Int>, columns: Range<Int>) -> ParameterMatrix {
        ParameterMatrix(
            rowCount: rows.count, columnCount: columns.count,
            elements: rows.flatMap { row in
                elements[row * columnCount + columns.lowerBound..<row * columnCount + columns.upperBound]
            })
    }
}
