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
        let weights = try PackedMatrix(
            Tensor(shape: [depth, columnCount], elements: matrix),
            bias: Tensor(shape: [columnCount], elements: bias), precision: .int8)
        let result = MatrixView(
            rowCount: rowCount, columnCount: columnCount,
            elements: Array(repeating: 2, count: rowCount * columnCount))
        try ComputeContext(threadCount: threadCount).multiply(
            MatrixView(rowCount: rowCount, columnCount: depth, elements: rows), by: weights,
            epilogue: epilogue, into: result)
        return Product(rows: rows, matrix: matrix, bias: bias, result: Array(result.buffer))
    }

    /// Every `stride`-th of some numbers from `first` on, as integers and the scale that they are multiplied by.
    private func rounded(_ numbers: [Float], first: Int, stride step: Int, count: Int) -> ([Int], Float) {
        let chosen = (0..<count).map { numbers[first + $0 * step] }
        let top = chosen.map { abs($0) }.max() ?? 0
        return (chosen.map { Int(($0 * (127 / top)).rounded(.toNearestOrEven)) }, top / 127)
    }

    @Test(
        "Elements are the sums of the rounded operands, exactly",
        arguments: [[1, 1, 1], [1, 768, 2], [3, 37, 50], [17, 20, 8], [29, 300, 70], [150, 33, 65]])
    func exactSums(extents: [Int]) throws {
        let (rowCount, depth, columnCount) = (extents[0], extents[1], extents[2])
        let product = try multiply(rowCount, depth, columnCount, epilogue: .accumulate, threadCount: 2)
        let columns = (0..<columnCount).map {
            rounded(product.matrix, first: $0, stride: columnCount, count: depth)
        }
        var expected: [Float] = []
        for row in 0..<rowCount {
            let (left, scale) = rounded(product.rows, first: row * depth, stride: 1, count: depth)
            for (column, (right, columnScale)) in columns.enumerated() {
                let sum = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
                expected.append(Float(sum) * (scale * columnScale) + (product.bias[column] + 2))
            }
        }
        // A machine without fused multiply-adds rounds once more.
        #expect(disagreement(of: product.result, with: expected, within: 2e-6) == nil, "\(extents)")
    }

    @Test("The result is near that of the numbers themselves", arguments: ProductEpilogue.allCases)
    func nearTheNumbers(epilogue: ProductEpilogue) throws {
        let product = try multiply(5, 256, 70, epilogue: epilogue)
        let expected = Reference.product(
            product.rows, product.matrix, bias: product.bias, depth: 256, epilogue: epilogue,
            before: Array(repeating: 2, count: product.result.count))
        #expect(disagreement(of: product.result, with: expected, within: 0.2) == nil, "\(epilogue)")
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

    @Test("A row of zeros gives the bias; what is not finite stays seen", arguments: [Float.nan, .infinity])
    func specialRows(value: Float) throws {
        let weights = try PackedMatrix(
            Tensor(shape: [20, 3], elements: Array(repeating: 0.5, count: 60)),
            bias: Tensor(shape: [3], elements: [1, 2, 3]), precision: .int8)
        var rows = [Float](repeating: 0, count: 40)
        rows[37] = value
        let result = FloatBuffer().matrix(2, 3)
        try ComputeContext(threadCount: 1).multiply(
            MatrixView(rowCount: 2, columnCount: 20, elements: rows), by: weights, into: result)
        #expect(Array(result.buffer[..<3]) == [1, 2, 3])
        #expect(result.buffer[3...].allSatisfy { !$0.isFinite })
    }
}
