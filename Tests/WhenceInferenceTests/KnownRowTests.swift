import Testing
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@testable import WhenceInference

@Suite("Rows that came before")
struct KnownRowTests {
    private static let (depth, columnCount) = (4, 6)

    private func matrix(_ factor: Float) throws -> PackedMatrix {
        try PackedMatrix(
            Tensor(shape: [Self.depth, Self.columnCount]) { elements in
                for index in elements.indices { elements[index] = factor * Float(index % 7 - 3) }
            })
    }

    private func repeats(_ inputs: [[Int]]) -> RowRepeats {
        let configuration = SmallModel.configuration(.bert, .sequenceClassification)
        var batch = Batch()
        for input in inputs { batch.append(input, types: nil, asking: [0], configuration: configuration) }
        return RowRepeats(of: batch)
    }

    /// A row for each token, which tells its id and position.
    private func rows(_ repeats: RowRepeats) throws -> MatrixView {
        try MatrixView(
            rowCount: repeats.numbers.count, columnCount: Self.depth,
            elements: repeats.numbers.flatMap { number in
                let kind = repeats.kinds[number]
                return [Float(kind.id), Float(kind.position), 1, Float(kind.id * kind.position)]
            })
    }

    private func product(_ rows: MatrixView, _ matrix: PackedMatrix) throws -> [Float] {
        let result = try FloatBuffer().matrix(rows.rowCount, Self.columnCount)
        try ComputeContext(threadCount: 1).multiply(rows, by: matrix, into: result)
        return Array(result.buffer)
    }

    /// What is filled in for some inputs; nil if nothing is.
    private func filled(
        _ inputs: [[Int]], _ known: KnownRows, _ matrix: PackedMatrix,
        spoiling isSpoilt: (RowRepeats.Kind) -> Bool = { _ in false }
    ) throws -> [Float]? {
        let repeats = repeats(inputs)
        let rows = try rows(repeats)
        for (row, number) in repeats.numbers.enumerated() where isSpoilt(repeats.kinds[number]) {
            rows[row..<row + 1].buffer.update(repeating: .nan)
        }
        let result = try FloatBuffer().matrix(rows.rowCount, Self.columnCount)
        let isFilled = try known.fill(
            result, with: rows, repeats, by: matrix, in: Workspace(threads: 1))
        return isFilled ? Array(result.buffer) : nil
    }

    @Test("Products are those of all rows, and of a row that came before none is computed again")
    func again() throws {
        let (known, matrix) = (KnownRows(), try matrix(1))
        let first = [[5, 6, 7, 8], [5, 9, 7, 8], [5, 6, 9, 8]]
        #expect(try filled(first, known, matrix) == product(rows(repeats(first)), matrix))
        let (second, all) = (
            [[5, 6, 7, 9], [5, 9, 9, 8]], try rows(repeats([[5, 6, 7, 9], [5, 9, 9, 8]]))
        )
        let isOld = { (kind: RowRepeats.Kind) in kind != .init(id: 9, type: 0, position: 3) }
        #expect(try filled(second, known, matrix, spoiling: isOld) == product(all, matrix))
        // A lone input, all of whose rows are known.
        #expect(
            try filled([[5, 6, 9, 9]], known, matrix) { _ in true }
                == product(rows(repeats([[5, 6, 9, 9]])), matrix))
    }

    @Test("Another matrix has products of its own, also when the first one comes back")
    func otherMatrix() throws {
        let (known, inputs) = (KnownRows(), [[5, 6, 7, 8], [5, 9, 7, 8]])
        let (one, other) = (try matrix(1), try matrix(2))
        let rows = try rows(repeats(inputs))
        for matrix in [one, other, one] {
            #expect(try filled(inputs, known, matrix) == product(rows, matrix))
        }
        #expect(try filled([[5, 6, 7, 8]], known, other) == nil, "nothing of a single new input repeats")
    }

    @Test("Where most rows are new, or more than there is room for, nothing is done")
    func notWorthwhile() throws {
        let matrix = try matrix(1)
        #expect(try filled([[5, 6, 7, 8], [9, 10, 11, 12]], KnownRows(), matrix) == nil)
        let many = [[5, 6, 7, 8], [5, 6, 7, 8]]
        #expect(try filled(many, KnownRows(capacity: 3), matrix) == nil)
        #expect(try filled(many, KnownRows(capacity: 4), matrix) != nil)
    }

    @Test("What does not fit beside the old rows takes their place")
    func forgetting() throws {
        let (known, matrix) = (KnownRows(capacity: 6), try matrix(1))
        for start in [1, 11, 12, 21, 1] {
            let text = Array(start..<start + 4)
            let inputs = [text, text, text]
            #expect(try filled(inputs, known, matrix) == product(rows(repeats(inputs)), matrix))
        }
    }

    @Test("What a workspace ran before changes no byte", arguments: [ModelFamily.albert, .gpt2])
    func usedWorkspace(family: ModelFamily) throws {
        let models = try [Precision.float32, .int8].map { try SmallModel.make(family, precision: $0) }
        let (workspace, fresh) = (try Workspace(), try Workspace())
        // More rows than are kept, then two models by turns.
        for round in 0..<20 {
            let model = models[round < 18 ? 0 : round % 2]
            let text = (0..<120).map { ($0 * 11 + round * 7) % 47 + 3 }
            let inputs = (0..<8).map { index in
                var input = text
                input[index * 13] = 1
                return input
            }
            let together = try model.logits(inputs, in: workspace)
            // A trace computes every row.
            for index in [0, 7] {
                let alone = try model.trace(inputs[index], in: fresh)
                #expect(together[index] == alone.logits.elements, "round \(round), input \(index)")
            }
        }
    }
}
