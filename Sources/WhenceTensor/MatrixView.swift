/// A dense, row-major matrix in shared memory, to read and to write; the memory lives as long as its views.
public struct MatrixView {
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns, which is also the distance from one row to the next.
    public let columnCount: Int

    private let memory: FloatMemory
    private let offset: Int

    init(memory: FloatMemory, offset: Int, rowCount: Int, columnCount: Int) {
        precondition(rowCount >= 0 && columnCount >= 0 && offset + rowCount * columnCount <= memory.count)
        self.memory = memory
        self.offset = offset
        self.rowCount = rowCount
        self.columnCount = columnCount
    }

    /// Makes a matrix of its own memory.
    ///
    /// - Throws: `TensorError.memory` if the system has not that much left.
    /// - Precondition: `elements.count` is `rowCount · columnCount`.
    public init(rowCount: Int, columnCount: Int, elements: [Float]) throws(TensorError) {
        precondition(elements.count == rowCount * columnCount, "element count does not match the extents")
        try self.init(
            memory: FloatMemory(count: elements.count), offset: 0, rowCount: rowCount,
            columnCount: columnCount)
        _ = buffer.update(fromContentsOf: elements)
    }

    /// The first element; use it only while the view is alive.
    var elements: UnsafeMutablePointer<Float> { memory.elements + offset }

    /// The elements in row-major order; use them only while the view is alive.
    public var buffer: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: elements, count: rowCount * columnCount)
    }

    /// Some of the rows.
    ///
    /// - Precondition: the rows exist.
    public subscript(rows: Range<Int>) -> MatrixView {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
        return MatrixView(
            memory: memory, offset: offset + rows.lowerBound * columnCount, rowCount: rows.count,
            columnCount: columnCount)
    }

    /// Copies a row of a matrix, which may be this one, over one of this matrix.
    ///
    /// - Precondition: the rows exist and are equally wide.
    public func copyRow(from source: MatrixView, _ sourceRow: Int, to row: Int) {
        precondition(
            source.columnCount == columnCount, "rows of \(source.columnCount) and \(columnCount) columns")
        let from = source[sourceRow..<sourceRow + 1], to = self[row..<row + 1]
        to.elements.update(from: from.elements, count: columnCount)
    }

    /// A copy of all elements, of a shape that holds as many.
    ///
    /// - Throws: `TensorError.memory`.
    public func tensor(shape: [Int]) throws(TensorError) -> Tensor {
        try Tensor(shape: shape, orThrow: TensorError.memory) { target throws(TensorError) in
            precondition(
                target.count == buffer.count, "cannot shape \(rowCount)·\(columnCount) elements as \(shape)")
            withExtendedLifetime(self) { _ = target.update(fromContentsOf: buffer) }
        }
    }

    /// A copy of some of the columns of all rows.
    ///
    /// - Throws: `TensorError.memory`.
    /// - Precondition: the columns exist.
    public func tensor(columns: Range<Int>) throws(TensorError) -> Tensor {
        precondition(
            columns.lowerBound >= 0 && columns.upperBound <= columnCount,
            "columns \(columns) of \(columnCount)")
        return try Tensor(shape: [rowCount, columns.count], orThrow: TensorError.memory) {
            target throws(TensorError) in
            guard var to = target.baseAddress else { return }
            for row in 0..<rowCount {
                to.update(from: elements + row * columnCount + columns.lowerBound, count: columns.count)
                to += columns.count
            }
        }
    }
}
