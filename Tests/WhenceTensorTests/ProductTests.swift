import Testing
import WhenceTensor
import WhenceTestSupport

@Suite("Products")
struct ProductTests {
    /// Runs one product of seeded numbers; gives the operands too.
    private func multiply(
        rowCount: Int, depth: Int, columnCount: Int, epilogue: ProductEpilogue, transposed: Bool = false,
        threadCount: Int = 2
    ) throws -> (observed: [Float], expected: [Float]) {
        var numbers = SeededNumbers(seed: 7)
        let rows = numbers.next(rowCount * depth)
        let matrix = numbers.next(depth * columnCount)
        let bias = numbers.next(columnCount)
        let before = numbers.next(rowCount * columnCount)
        let result = try MatrixView(rowCount: rowCount, columnCount: columnCount, elements: before)
        let weights: PackedMatrix
        if transposed {
            let table = (0..<columnCount * depth).map { matrix[$0 % depth * columnCount + $0 / depth] }
            weights = try PackedMatrix(
                transposing: Tensor(shape: [columnCount, depth], elements: table),
                bias: Tensor(shape: [columnCount], elements: bias))
        } else {
            weights = try PackedMatrix(
                Tensor(shape: [depth, columnCount], elements: matrix),
                bias: Tensor(shape: [columnCount], elements: bias))
        }
        let context = try ComputeContext(threadCount: threadCount)
        try context.multiply(
            MatrixView(rowCount: rowCount, columnCount: depth, elements: rows), by: weights,
            epilogue: epilogue,
            into: result)
        let expected = Reference.product(
            rows, matrix, bias: bias, depth: depth, epilogue: epilogue, before: before)
        return (Array(result.buffer), expected)
    }

    @Test("Every epilogue is its formula", arguments: ProductEpilogue.allCases)
    func epilogues(epilogue: ProductEpilogue) throws {
        let (observed, expected) = try multiply(rowCount: 5, depth: 40, columnCount: 70, epilogue: epilogue)
        #expect(disagreement(of: observed, with: expected, within: 1e-5) == nil, "\(epilogue)")
    }

    @Test(
        "Extents need not be multiples of anything",
        arguments: [[1, 1, 1], [1, 768, 2], [3, 37, 50], [17, 20, 8], [129, 32, 96], [200, 83, 65]])
    func extents(extents: [Int]) throws {
        let (observed, expected) = try multiply(
            rowCount: extents[0], depth: extents[1], columnCount: extents[2], epilogue: .none)
        #expect(disagreement(of: observed, with: expected, within: 2e-5) == nil, "\(extents)")
    }

    @Test(
        "A product may be deeper than what is multiplied at a time", arguments: [false, true],
        [ProductEpilogue.none, .accumulate, .gelu])
    func deep(transposed: Bool, epilogue: ProductEpilogue) throws {
        let (observed, expected) = try multiply(
            rowCount: 20, depth: 1537, columnCount: 33, epilogue: epilogue, transposed: transposed)
        #expect(disagreement(of: observed, with: expected, within: 1e-4) == nil)
    }

    @Test("A table multiplies transposed, without being copied", arguments: [1, 6, 130])
    func transposedTable(rowCount: Int) throws {
        let (observed, expected) = try multiply(
            rowCount: rowCount, depth: 24, columnCount: 301, epilogue: .none, transposed: true)
        #expect(disagreement(of: observed, with: expected, within: 1e-5) == nil, "transposed")
    }

    @Test(
        "A row's bytes depend neither on the other rows nor on the threads",
        arguments: [1, 2, 16, 63, 128, 150])
    func sameBytes(rowCount: Int) throws {
        let whole = try multiply(rowCount: 150, depth: 256, columnCount: 192, epilogue: .gelu, threadCount: 1)
        var numbers = SeededNumbers(seed: 7)
        let rows = numbers.next(150 * 256)
        let matrix = numbers.next(256 * 192)
        let bias = numbers.next(192)
        let weights = try PackedMatrix(
            Tensor(shape: [256, 192], elements: matrix), bias: Tensor(shape: [192], elements: bias))
        for threadCount in [1, 2] {
            let context = try ComputeContext(threadCount: threadCount)
            let result = try FloatBuffer().matrix(rowCount, 192)
            try context.multiply(
                MatrixView(rowCount: 150, columnCount: 256, elements: rows)[0..<rowCount], by: weights,
                epilogue: .gelu, into: result)
            #expect(Array(result.buffer) == Array(whole.observed[..<(rowCount * 192)]))
        }
    }

    @Test("Contexts on different threads keep their own thread counts")
    func threadCountsAreSeparate() async throws {
        let expected = try multiply(rowCount: 64, depth: 64, columnCount: 64, epilogue: .none, threadCount: 1)
            .observed
        await withTaskGroup(of: [Float]?.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try? multiply(
                        rowCount: 64, depth: 64, columnCount: 64, epilogue: .none, threadCount: 1 + task % 2
                    ).observed
                }
            }
            for await observed in group { #expect(observed == expected) }
        }
    }

    @Test("An error says what failed, with which shapes, and what to try")
    func errorText() throws {
        let weights = try PackedMatrix(
            Tensor(shape: [3, 4], elements: Array(repeating: 1, count: 12)))
        let (rows, result) = (try FloatBuffer().matrix(2, 5), try FloatBuffer().matrix(2, 4))
        let error = #expect(throws: TensorError.self) {
            try ComputeContext(threadCount: 1).multiply(rows, by: weights, into: result)
        }
        #expect(
            error?.description
                == "Shapes do not fit in a product: [2, 5] and [3, 4] and [2, 4]. "
                + "Please report this with the model's config.json.")
    }

    @Test("A matrix without elements is refused", arguments: [[0, 4], [4, 0]])
    func empty(shape: [Int]) {
        #expect(throws: TensorError.empty(shape: shape)) {
            _ = try PackedMatrix(Tensor(shape: shape, elements: []))
        }
        #expect(throws: TensorError.empty(shape: shape)) {
            _ = try PackedMatrix(transposing: Tensor(shape: shape, elements: []))
        }
    }
}
