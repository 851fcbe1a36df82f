import Testing
import WhenceTensor
import WhenceTestSupport

@Suite("Products of 8-bit integers")
struct IntegerProductTests {
    /// The operands of a product, and its result.
    private struct Product {
        var rows: [Float]
        var matrix: [Float]
        var bias: [Float]
        var result: [Float]
    }

    private func multiply(
        _ rowCount: Int, _ depth: Int, _ columnCount: Int, epilogue: ProductEpilogue = .none,
        threadCount: Int = 1, of allRows: Int? = nil
    ) throws -> Product {
        var numbers = SeededNumbers(seed: 3)
        let rows = Array(numbers.next((allRows ?? rowCount) * depth)[..<(rowCount * depth)])
        let (matrix, bias) = (numbers.next(depth * columnCount), numbers.next(columnCount))
        let weights = try IntegerReference.packed(matrix, depth, bias: bias)
        let result = try MatrixView(
            rowCount: rowCount, columnCount: columnCount,
            elements: Array(repeating: 2, count: rowCount * columnCount))
        try ComputeContext(threadCount: threadCount).multiply(
            MatrixView(rowCount: rowCount, columnCount: depth, elements: rows), by: weights,
            epilogue: epilogue, into: result)
        return Product(rows: rows, matrix: matrix, bias: bias, result: Array(result.buffer))
    }

    @Test(
        "Elements are the sums of the rounded operands, exactly",
        arguments: [[1, 1, 1], [1, 768, 2], [3, 37, 50], [17, 20, 8], [29, 300, 70], [250, 33, 65]])
    func exactSums(extents: [Int]) throws {
        let (rowCount, depth, columnCount) = (extents[0], extents[1], extents[2])
        let product = try multiply(rowCount, depth, columnCount, epilogue: .accumulate, threadCount: 2)
        let kept = try IntegerReference.keptMatrix(product.matrix, depth)
        let expected = IntegerReference.product(product.rows, kept, bias: product.bias.map { $0 + 2 })
        #expect(disagreement(of: product.result, with: expected, within: 5e-6) == nil, "\(extents)")
    }

    /// Columns whose partial sums are as large as they can be: of one sign, of alternating ones, of pairs of them,
    /// of random ones, and with one element that is much larger than the others.
    private static func extremeColumn(_ kind: Int, _ depth: Int, _ numbers: inout SeededNumbers) -> [Float] {
        let random = numbers.next(depth)
        return (0..<depth).map { k in
            switch kind {
            case 0: 1
            case 1: -1
            case 2: k.isMultiple(of: 2) ? 1 : -1
            case 3: k % 4 < 2 ? 1 : -1
            case 4: random[k] < 0 ? -1 : 1
            case 5: k == depth / 2 ? -100 : random[k]
            case 6: k < 16 ? 1 : random[k] * 0.01
            default: random[k]
            }
        }
    }

    @Test("No sum overflows, however the signs of the operands meet", arguments: [8, 16, 37, 768])
    func extremes(depth: Int) throws {
        var numbers = SeededNumbers(seed: 4)
        let columns = (0..<40).map { Self.extremeColumn($0 % 8, depth, &numbers) }
        let matrix = (0..<depth).flatMap { k in columns.map { $0[k] } }
        // For each column rows that add up all that is positive in it, all that is negative, and both.
        let signs: [(positive: Float, other: Float)] = [(1, 0), (-1, 0), (1, -1), (0, 1), (0.007, 1)]
        var rows: [Float] = []
        for column in columns {
            for sign in signs { rows += column.map { $0 > 0 ? sign.positive : sign.other } }
        }
        let result = try FloatBuffer().matrix(rows.count / depth, columns.count)
        try ComputeContext(threadCount: 2).multiply(
            MatrixView(rowCount: rows.count / depth, columnCount: depth, elements: rows),
            by: IntegerReference.packed(matrix, depth), into: result)
        let kept = try IntegerReference.keptMatrix(matrix, depth)
        let expected = IntegerReference.product(rows, kept, bias: Array(repeating: 0, count: columns.count))
        #expect(
            disagreement(of: Array(result.buffer), with: expected, within: 1e-6 * Float(depth)) == nil,
            "\(depth)")
    }

    @Test("What is kept of a matrix is near it", arguments: [5, 64, 768])
    func nearTheMatrix(depth: Int) throws {
        var numbers = SeededNumbers(seed: 5)
        let matrix = numbers.next(depth * 33)
        let kept = try IntegerReference.keptMatrix(matrix, depth)
        // Between -1 and 1. Eight elements of a sign that sum to 128 at most have steps of a sixteenth or less; half a
        // step is lost to rounding, and one more where a sum has to be lowered.
        #expect(disagreement(of: kept.map { Float($0) }, with: matrix, within: 1.5 / 16) == nil, "\(depth)")
        let squares = zip(kept, matrix).reduce(0) { $0 + ($1.0 - Double($1.1)) * ($1.0 - Double($1.1)) }
        let whole = matrix.reduce(0) { $0 + Double($1) * Double($1) }
        #expect((squares / whole).squareRoot() < 0.022, "\(depth)")
    }

    @Test("The result is near that of the numbers themselves", arguments: ProductEpilogue.allCases)
    func nearTheNumbers(epilogue: ProductEpilogue) throws {
        let product = try multiply(5, 256, 70, epilogue: epilogue)
        let expected = Reference.product(
            product.rows, product.matrix, bias: product.bias, depth: 256, epilogue: epilogue,
            before: Array(repeating: 2, count: product.result.count))
        // A square's error grows with it.
        let (observed, wanted) =
            epilogue == .squaredRelu
            ? (product.result.map { $0.squareRoot() }, expected.map { $0.squareRoot() })
            : (product.result, expected)
        #expect(disagreement(of: observed, with: wanted, within: 0.4) == nil, "\(epilogue)")
    }

    @Test(
        "A row's bytes depend neither on the other rows nor on the threads", arguments: [1, 2, 16, 63, 149])
    func sameBytes(rowCount: Int) throws {
        let whole = try multiply(150, 256, 192, epilogue: .gelu).result
        for threadCount in [1, 2] {
            let part = try multiply(rowCount, 256, 192, epilogue: .gelu, threadCount: threadCount, of: 150)
            #expect(part.result == Array(whole[..<(rowCount * 192)]))
        }
    }

    @Test(
        "A row of zeros gives the bias; what is not finite stays seen",
        arguments: [Float.nan, .infinity, -.infinity])
    func specialRows(value: Float) throws {
        let weights = try IntegerReference.packed(Array(repeating: 0.5, count: 60), 20, bias: [1, 2, 3])
        var rows = [Float](repeating: 0, count: 80)
        rows[37] = value
        // So large that a difference of two would be infinite, and so small that its inverse would.
        (rows[40], rows[41], rows[60]) = (3e38, -3e38, .leastNonzeroMagnitude)
        let result = try FloatBuffer().matrix(4, 3)
        try ComputeContext(threadCount: 1).multiply(
            MatrixView(rowCount: 4, columnCount: 20, elements: rows), by: weights, into: result)
        #expect(Array(result.buffer[..<3]) == [1, 2, 3])
        #expect(result.buffer[3..<6].allSatisfy { !$0.isFinite })
        #expect(result.buffer[6..<9].allSatisfy { abs($0) < 2e36 })
        #expect(Array(result.buffer[9...]) == [1, 2, 3])
    }

    @Test(
        "A column that is not finite gives no number, and the others theirs",
        arguments: [Float.nan, .infinity, -.infinity])
    func specialColumns(value: Float) throws {
        var matrix = [Float](repeating: 0.5, count: 60)
        matrix[31] = value
        let result = try FloatBuffer().matrix(1, 3)
        try ComputeContext(threadCount: 1).multiply(
            MatrixView(rowCount: 1, columnCount: 20, elements: Array(repeating: 1, count: 20)),
            by: IntegerReference.packed(matrix, 20), into: result)
        #expect(!result.buffer[1].isFinite)
        #expect(disagreement(of: [result.buffer[0], result.buffer[2]], with: [10, 10], within: 1e-5) == nil)
    }
}
