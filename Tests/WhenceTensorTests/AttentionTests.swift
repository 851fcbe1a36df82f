import Testing
import WhenceTensor
import WhenceTestSupport

@Suite("Attention and layer norm")
struct AttentionTests {
    /// The weights and contexts of seeded sequences of the given lengths, computed in one batch.
    private func attend(
        lengths: [Int], headCount: Int, headSize: Int, asking: AskingRows = .all, threadCount: Int = 2,
        range: ClosedRange<Float> = -3...3
    ) throws -> (input: [[Float]], weights: [Float], context: [Float]) {
        var numbers = SeededNumbers(seed: 11)
        let width = headCount * headSize
        let input = lengths.map { numbers.next($0 * 3 * width, in: range) }
        let offsets = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        let total = offsets[offsets.count - 1]
        let context = try FloatBuffer().matrix(asking == .all ? total : lengths.count, width)
        let weights = try FloatBuffer().matrix(1, lengths.reduce(0) { $0 + $1 * $1 } * headCount)
        try ComputeContext(threadCount: threadCount).attend(
            MatrixView(rowCount: total, columnCount: 3 * width, elements: input.flatMap { $0 }),
            offsets: offsets,
            headCount: headCount, asking: asking, into: context, weights: asking == .all ? weights : nil)
        return (input, Array(weights.buffer), Array(context.buffer))
    }

    @Test(
        "A batch of sequences of different lengths is each sequence by itself",
        arguments: [
            (heads: 2, size: 5), (heads: 4, size: 8), (heads: 3, size: 16), (heads: 2, size: 64),
            (heads: 1, size: 100),
        ])
    func agreement(shape: (heads: Int, size: Int)) throws {
        let lengths = [1, 3, 16, 17, 70]
        let (input, weights, context) = try attend(
            lengths: lengths, headCount: shape.heads, headSize: shape.size)
        let expected = input.map { Reference.attention($0, headCount: shape.heads, headSize: shape.size) }
        #expect(disagreement(of: weights, with: expected.flatMap(\.weights), within: 1e-6) == nil, "weights")
        #expect(disagreement(of: context, with: expected.flatMap(\.context), within: 1e-5) == nil, "context")
    }

    @Test("If only first rows ask, they get the same bytes")
    func firstRows() throws {
        let lengths = [5, 1, 22]
        let all = try attend(lengths: lengths, headCount: 3, headSize: 16).context
        let first = try attend(lengths: lengths, headCount: 3, headSize: 16, asking: .first).context
        #expect(
            first == Array(all[..<48]) + Array(all[(5 * 48)..<(6 * 48)]) + Array(all[(6 * 48)..<(7 * 48)]))
    }

    @Test("The bytes do not depend on the threads")
    func sameBytes() throws {
        let one = try attend(lengths: [64, 63, 65], headCount: 4, headSize: 32, threadCount: 1)
        let two = try attend(lengths: [64, 63, 65], headCount: 4, headSize: 32, threadCount: 2)
        #expect(one.context == two.context)
        #expect(one.weights == two.weights)
    }

    @Test("Scores far apart overflow nothing: weights stay between 0 and 1 and sum to 1")
    func extremeScores() throws {
        let weights = try attend(lengths: [20], headCount: 1, headSize: 16, range: -60...60).weights
        #expect(weights.allSatisfy { $0 >= 0 && $0 <= 1 })
        for row in 0..<20 {
            let sum = weights[(row * 20)..<(row * 20 + 20)].reduce(0, +)
            #expect(abs(sum - 1) < 1e-5, "row \(row) sums to \(sum)")
        }
    }

    @Test("Layer norm is its formula, at any width", arguments: [1, 8, 16, 33, 768])
    func layerNorm(width: Int) throws {
        var numbers = SeededNumbers(seed: 3)
        let rows = numbers.next(100 * width, in: -5...9)
        let gain = numbers.next(width), shift = numbers.next(width)
        let expected = Reference.layerNorm(rows, gain: gain, shift: shift, epsilon: 1e-5)
        let result = try MatrixView(rowCount: 100, columnCount: width, elements: rows)
        let finite = try ComputeContext(threadCount: 2).normalize(
            result, gain: Tensor(shape: [width], elements: gain),
            shift: Tensor(shape: [width], elements: shift),
            epsilon: 1e-5)
        #expect(finite)
        #expect(disagreement(of: Array(result.buffer), with: expected, within: 5e-6) == nil, "layer norm")
    }

    @Test("A row that is not finite is noticed", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) throws {
        var rows = [Float](repeating: 1, count: 3 * 20)
        rows[47] = value
        let one = Tensor(shape: [20], elements: Array(repeating: 1, count: 20))
        let finite = try ComputeContext(threadCount: 1).normalize(
            MatrixView(rowCount: 3, columnCount: 20, elements: rows), gain: one, shift: one, epsilon: 1e-12)
        #expect(!finite)
    }
}
