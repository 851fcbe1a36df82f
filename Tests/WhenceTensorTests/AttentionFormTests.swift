import Testing
import WhenceTensor
import WhenceTestSupport

@Suite("Attention that is causal, or that knows distances")
struct AttentionFormTests {
    /// Together so long that several threads share the work.
    private static let lengths = [1, 3, 16, 17, 90]
    private static let (headCount, headSize) = (3, 20)
    private static var width: Int { headCount * headSize }

    /// Seeded queries, keys and values of every sequence.
    private static func input() -> [[Float]] {
        var numbers = SeededNumbers(seed: 23)
        return lengths.map { numbers.next($0 * 3 * width, in: -3...3) }
    }

    /// What the kernel makes of some sequences in one batch.
    private func attend(
        _ input: [[Float]], _ form: AttentionForm, terms: Int, asking: AskingRows = .all, threadCount: Int = 2
    ) throws -> (weights: [Float], context: [Float]) {
        let lengths = input.map { $0.count / (3 * Self.width) }
        let offsets = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        let total = offsets[offsets.count - 1]
        let context = try FloatBuffer().matrix(asking == .all ? total : lengths.count, Self.width)
        let weights = try FloatBuffer().matrix(1, lengths.reduce(0) { $0 + $1 * $1 } * Self.headCount)
        try ComputeContext(threadCount: threadCount).attend(
            MatrixView(rowCount: total, columnCount: 3 * Self.width, elements: input.flatMap { $0 }),
            offsets: offsets, headCount: Self.headCount, form: form,
            divisor: Float(Self.headSize * terms).squareRoot(), asking: asking,
            into: context, weights: asking == .all ? weights : nil)
        return (Array(weights.buffer), Array(context.buffer))
    }

    /// Rows of distances from −89 to 89, cut at 9 on both sides.
    private static let cutRows = (-89...89).map { min(max($0 + 9, 0), 17) }
    /// Rows of the same distances that leave rows of the table out, as buckets do that grow with the distance.
    private static let sparseRows = (-89...89).map { 3 * $0 + 267 }

    /// A seeded table of positions, with a row of `width` for each of `rows` and those between them.
    private static func table(_ rows: [Int], seed: UInt64) -> Tensor {
        var numbers = SeededNumbers(seed: seed)
        let count = (rows.last ?? 0) + 1
        return Tensor(shape: [count, width], elements: numbers.next(count * width, in: -2...2))
    }

    /// The forms, and what each adds to a score by the formula.
    private static func forms() -> [(form: AttentionForm, terms: Int, more: More)] {
        func relative(
            _ hasKeys: Bool, _ hasQueries: Bool, _ rows: [Int] = cutRows
        ) -> (form: AttentionForm, terms: Int, more: More) {
            let (keys, queries) = (table(rows, seed: 5), table(rows, seed: 6))
            let scores = RelativePositionScores(
                keys: hasKeys ? keys : nil, queries: hasQueries ? queries : nil, rows: rows)
            let more: More = { input, head, query, key in
                let position = rows[query - key + 89]
                return (0..<headSize).reduce(0.0) { sum, k in
                    let column = head * headSize + k
                    let (q, other) = (
                        input[query * 3 * width + column], input[(key * 3 + 1) * width + column]
                    )
                    return sum + (hasKeys ? Double(q) * Double(keys[position, column]) : 0)
                        + (hasQueries ? Double(other) * Double(queries[position, column]) : 0)
                }
            }
            return (.relative(scores), 1 + (hasKeys ? 1 : 0) + (hasQueries ? 1 : 0), more)
        }
        return [
            (.causal, 1, { _, _, query, key in key > query ? -.infinity : 0 }),
            relative(true, true), relative(true, false), relative(false, true),
            relative(true, true, sparseRows),
        ]
    }

    private typealias More = @Sendable ([Float], _ head: Int, _ query: Int, _ key: Int) -> Double

    @Test("The formula, for every sequence of a batch by itself", arguments: 0..<5)
    func agreement(index: Int) throws {
        let (form, terms, more) = Self.forms()[index]
        let input = Self.input()
        let (weights, context) = try attend(input, form, terms: terms)
        let expected = input.map { sequence in
            Reference.attention(
                sequence, headCount: Self.headCount, headSize: Self.headSize, terms: terms
            ) { more(sequence, $0, $1, $2) }
        }
        #expect(disagreement(of: weights, with: expected.flatMap(\.weights), within: 2e-6) == nil, "weights")
        #expect(disagreement(of: context, with: expected.flatMap(\.context), within: 2e-5) == nil, "context")
    }

    @Test("The bytes are those of each sequence alone, on any number of threads", arguments: 0..<5)
    func sameBytes(index: Int) throws {
        let (form, terms, _) = Self.forms()[index]
        let input = Self.input()
        let together = try attend(input, form, terms: terms, threadCount: 3)
        let alone = try input.map { try attend([$0], form, terms: terms, threadCount: 1) }
        #expect(disagreement(of: together.weights, with: alone.flatMap(\.weights), within: 0) == nil)
        #expect(disagreement(of: together.context, with: alone.flatMap(\.context), within: 0) == nil)
    }

    @Test("If only first rows ask, they get the same bytes", arguments: 0..<5)
    func firstRows(index: Int) throws {
        let (form, terms, _) = Self.forms()[index]
        let input = Self.input()
        let all = try attend(input, form, terms: terms).context
        let first = try attend(input, form, terms: terms, asking: .first).context
        var start = 0
        var expected: [Float] = []
        for length in Self.lengths {
            expected += all[start..<start + Self.width]
            start += length * Self.width
        }
        #expect(disagreement(of: first, with: expected, within: 0) == nil)
    }

    @Test("A causal row gives later ones a weight of exactly 0")
    func zeroes() throws {
        let weights = try attend([Self.input()[4]], .causal, terms: 1).weights
        for head in 0..<Self.headCount {
            for query in 0..<90 {
                let row = weights[(head * 90 + query) * 90..<(head * 90 + query + 1) * 90]
                #expect(row.dropFirst(query + 1).allSatisfy { $0 == 0 }, "head \(head), query \(query)")
            }
        }
    }

    @Test("What comes later does not reach a causal row, even if it is not finite")
    func laterOverflow() throws {
        var input = Self.input()[4]
        let whole = try attend([input], .causal, terms: 1).context
        for index in 60 * 3 * Self.width..<61 * 3 * Self.width { input[index] = .infinity }
        let context = try attend([input], .causal, terms: 1).context
        let kept = 48 * Self.width
        #expect(disagreement(of: Array(context[..<kept]), with: Array(whole[..<kept]), within: 0) == nil)
        #expect(!context[60 * Self.width].isFinite)
    }
}
