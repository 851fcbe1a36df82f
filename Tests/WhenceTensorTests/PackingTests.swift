import Testing
import WhenceTensor
import WhenceTestSupport

/// Rows of a matrix in memory, which notes how they are asked for.
private final class CountedRows: MatrixRows {
    let rowCount: Int
    let columnCount: Int
    let elements: [Float]
    let failingRow: Int?
    private(set) var asked: [Range<Int>] = []

    struct Failure: Error {}

    init(_ elements: [Float], rowCount: Int, failingRow: Int? = nil) {
        self.elements = elements
        self.rowCount = rowCount
        columnCount = elements.count / rowCount
        self.failingRow = failingRow
    }

    func read(_ rows: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) throws {
        asked.append(rows)
        if let failingRow, rows.contains(failingRow) { throw Failure() }
        #expect(target.count == rows.count * columnCount)
        _ = target.update(
            fromContentsOf: elements[rows.lowerBound * columnCount..<rows.upperBound * columnCount])
    }
}

@Suite("Packing")
struct PackingTests {
    @Test(
        "Matrices that are packed as their rows come are the same as one that is packed whole",
        arguments: Precision.allCases, [[5], [16, 16], [3, 40, 1], [700, 768, 13]])
    func sideBySide(precision: Precision, widths: [Int]) throws {
        // More rows than a block has of the wider ones.
        let depth = 129
        var numbers = SeededNumbers(seed: 3)
        let parts = widths.map { CountedRows(numbers.next(depth * $0), rowCount: depth) }
        let width = widths.reduce(0, +)
        let joined = (0..<depth).flatMap { row in
            parts.flatMap { $0.elements[row * $0.columnCount..<(row + 1) * $0.columnCount] }
        }
        let bias = Tensor(shape: [width], elements: numbers.next(width))
        let rows = try MatrixView(rowCount: 7, columnCount: depth, elements: numbers.next(7 * depth))
        let context = try ComputeContext(threadCount: 1)
        let results = try [
            PackedMatrix(sideBySide: parts, bias: bias, precision: precision),
            PackedMatrix(
                Tensor(shape: [depth, width], elements: joined), bias: bias, precision: precision),
        ].map { matrix in
            let result = try MatrixView(
                rowCount: 7, columnCount: width, elements: [Float](repeating: 0, count: 7 * width))
            try context.multiply(rows, by: matrix, into: result)
            return Array(result.buffer)
        }
        #expect(results[0] == results[1])
        for part in parts {
            #expect(part.asked.flatMap { Array($0) } == Array(0..<depth), "each row once, in order")
        }
    }

    @Test("What reading a row throws ends the packing", arguments: Precision.allCases)
    func failure(precision: Precision) {
        let whole = CountedRows([Float](repeating: 1, count: 6), rowCount: 2)
        let broken = CountedRows([Float](repeating: 1, count: 6), rowCount: 2, failingRow: 1)
        #expect(throws: CountedRows.Failure.self) {
            try PackedMatrix(sideBySide: [whole, broken], precision: precision)
        }
    }

    @Test("Matrices without columns are refused")
    func empty() {
        #expect(throws: TensorError.empty(shape: [0, 0])) { try PackedMatrix(sideBySide: []) }
    }
}
