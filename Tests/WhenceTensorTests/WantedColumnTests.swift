import Testing
import WhenceTensor
import WhenceTestSupport

@Suite("Products of which some columns are wanted")
struct WantedColumnTests {
    private enum Layout: CaseIterable { case packed, table, integers }

    private static let (depth, columnCount) = (41, 150)

    private func weights(_ layout: Layout, _ numbers: inout SeededNumbers) throws -> PackedMatrix {
        let shape = [Self.depth, Self.columnCount]
        let matrix = numbers.next(shape[0] * shape[1])
        let bias = Tensor(shape: [shape[1]], elements: numbers.next(shape[1]))
        return switch layout {
        case .packed: try PackedMatrix(Tensor(shape: shape, elements: matrix), bias: bias)
        case .table:
            try PackedMatrix(transposing: Tensor(shape: shape.reversed(), elements: matrix), bias: bias)
        case .integers:
            try PackedMatrix(Tensor(shape: shape, elements: matrix), bias: bias, precision: .int8)
        }
    }

    @Test(
        "Wanted columns are those of the whole product; others are so too, or as they were",
        arguments: Layout.allCases, [1, 5, 150])
    private func fromColumn(layout: Layout, rowCount: Int) throws {
        var numbers = SeededNumbers(seed: 9)
        let weights = try weights(layout, &numbers)
        let rows = try MatrixView(
            rowCount: rowCount, columnCount: Self.depth, elements: numbers.next(rowCount * Self.depth))
        let before = numbers.next(rowCount * Self.columnCount)
        for epilogue in [ProductEpilogue.none, .accumulate, .gelu] {
            func product(from firstColumn: Int, threadCount: Int) throws -> [Float] {
                let result = try MatrixView(
                    rowCount: rowCount, columnCount: Self.columnCount, elements: before)
                try ComputeContext(threadCount: threadCount).multiply(
                    rows, by: weights, epilogue: epilogue, from: firstColumn, into: result)
                return Array(result.buffer)
            }
            let whole = try product(from: 0, threadCount: 1)
            for firstColumn in [0, 1, 50, 64, 100, 149] {
                for threadCount in [1, 2] {
                    let observed = try product(from: firstColumn, threadCount: threadCount)
                    let wrong = observed.indices.first { index in
                        observed[index] != whole[index]
                            && (index % Self.columnCount >= firstColumn || observed[index] != before[index])
                    }
                    #expect(wrong == nil, "from column \(firstColumn), \(epilogue)")
                }
            }
            // Of a hundred columns that nobody wants most are left out.
            let untouched = try product(from: 100, threadCount: 2)[..<Self.columnCount].indices.filter {
                before[$0] != whole[$0]
            }
            let last = try product(from: 100, threadCount: 2)
            #expect(untouched.count { last[$0] == before[$0] } >= 64)
        }
    }
}
