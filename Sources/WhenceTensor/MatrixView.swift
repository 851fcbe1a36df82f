/// A dense, row-major matrix in memory that someone else owns, to read and to write.
public struct MatrixView {
    /// The first element.
    public var elements: UnsafeMutablePointer<Float>
    /// The number of rows.
    public var rowCount: Int
    /// The number of columns, which is also the distance from one row to the next.
    public var columnCount: Int

    /// Makes a view of `rowCount · columnCount` elements from `elements` on.
    public init(elements: UnsafeMutablePointer<Float>, rowCount: Int, columnCount: Int) {
        self.elements = elements
        self.rowCount = rowCount
        self.columnCount = columnCount
    }

    /// The elements in row-major order.
    public var buffer: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: elements, count: rowCount * columnCount)
    }

    /// Some of the rows.
    ///
    /// - Precondition: the rows exist.
    public subscript(rows: Range<Int>) -> MatrixView {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
        return MatrixView(
            elements: elements + rows.lowerBound * columnCount, rowCount: rows.count, columnCount: columnCount
        )
    }

    /// A copy of some of the rows and columns.
    ///
    /// - Precondition: the rows and columns exist.
    public func copy(rows: Range<Int>, columns: Range<Int>) -> Tensor {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= columnCount,
            "columns \(columns) of \(columnCount)")
        return Tensor(shape: [rows.count, columns.count]) { target in
            guard var to = target.baseAddress else { return }
            for row in rows {
                to.update(from: elements + row * columnCount + columns.lowerBound, count: columns.count)
                to += columns.count
            }
        }
    }
}

extension FloatBuffer {
    /// A matrix at the start of the buffer.
    public func matrix(_ rowCount: Int, _ columnCount: Int) -> MatrixView {
        MatrixView(elements: reserve(rowCount * columnCount), rowCount: rowCount, columnCount: columnCount)
    }
}
