internal import CWhenceKernels

/// A matrix that is read row by row, from wherever it lies.
public protocol MatrixRows {
    /// How many rows it has.
    var rowCount: Int { get }
    /// How long a row is.
    var columnCount: Int { get }

    /// Reads some rows.
    ///
    /// - Parameter target: `[rows, columns]`, to be filled.
    func read(_ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) throws
}

extension [any MatrixRows] {
    /// Calls `body` with the matrices, block by block: each block lies row-major in memory that is used again, and
    /// says where it belongs when the matrices lie side by side.
    func forEachBlock(_ body: (UnsafePointer<Float>, whence_block) -> Void) throws {
        // A part of the second cache: what was read is still near when it is packed.
        let blockSize = 1 << 15
        let widest = reduce(1) { Swift.max($0, $1.columnCount) }
        let memory = try FloatMemory(count: Swift.max(blockSize, widest))
        var column = 0
        for part in self where part.columnCount > 0 {
            let width = part.columnCount
            let height = Swift.max(blockSize / width, 1)
            for first in stride(from: 0, to: part.rowCount, by: height) {
                let count = Swift.min(height, part.rowCount - first)
                try part.read(
                    first..<first + count,
                    into: UnsafeMutableBufferPointer(start: memory.elements, count: count * width))
                body(
                    memory.elements,
                    whence_block(
                        first_row: first, row_count: count, first_column: column, column_count: width))
            }
            column += width
        }
    }
}

extension Tensor {
    /// Matrices of the same number of rows, side by side: `[rows, columns of all]`.
    init(joining parts: [any MatrixRows]) throws {
        let width = parts.reduce(0) { $0 + $1.columnCount }
        let shape = [parts.first?.rowCount ?? 0, width]
        try self.init(shape: shape, orThrow: { TensorError.memory(bytes: $0) as any Error }) { target in
            try parts.forEachBlock { elements, block in
                for row in 0..<block.row_count {
                    let place = (block.first_row + row) * width + block.first_column
                    _ = UnsafeMutableBufferPointer(rebasing: target[place..<place + block.column_count])
                        .update(
                            fromContentsOf: UnsafeBufferPointer(
                                start: elements + row * block.column_count, count: block.column_count))
                }
            }
        }
    }
}
