import Testing
import WhenceDiscovery
import WhenceLaboratory
import WhenceTestSupport

@Suite("Gradients of the disentangled transformer")
struct GradientTests {
    @Test("Loss and every gradient are those of the paper's code", arguments: try GradientCase.all())
    func officialCode(gradientCase: GradientCase) throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let (loss, gradient) = try gradientCase.transformer().lossAndGradient(
            on: gradientCase.batch(), in: workspace)
        #expect(abs(loss - gradientCase.loss) < 1e-5, "loss \(loss) instead of \(gradientCase.loss)")
        let expected = GradientCase.floats(gradientCase.gradient)
        #expect(disagreement(of: gradient, with: expected, within: 1e-5) == nil)
        #expect(expected.contains { abs($0) > 1e-3 }, "a gradient of zeros proves nothing")
    }

    @Test(
        "The gradient is that of the definition in double precision, for any heads, layers and output",
        arguments: [[1, 1], [3, 2], [2, 1, 1], [2], [1, 1, 1, 1]], [OutputLaw.softmax, .linear(epsilon: 40)])
    func literalDefinition(heads: [Int], output: OutputLaw) throws {
        // Three groups of sequences, the last incomplete.
        let transformer = try randomTransformer(
            vocabulary: 3, length: heads.count > 3 ? 3 : 5, heads: heads, output: output)
        let batch = try sequences(35, for: transformer.shape)
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let (loss, gradient) = try transformer.lossAndGradient(on: batch, in: workspace)
        let literal = LiteralTransformer(transformer)
        var expectedLoss = 0.0
        var expected = [Double](repeating: 0, count: transformer.parameters.count)
        for sequence in 0..<batch.count {
            let (loss, gradient) = literal.lossAndGradient(
                tokens: batch.tokens(of: sequence), label: batch.label(of: sequence).map(Double.init))
            expectedLoss += loss / Double(batch.count)
            for index in expected.indices { expected[index] += gradient[index] / Double(batch.count) }
        }
        #expect(abs(loss - expectedLoss) < 1e-5)
        #expect(disagreement(of: gradient, with: expected.map(Float.init), within: 1e-5) == nil)
    }

    @Test(
        "The definition's gradient is that of finite differences", arguments: [[1, 1], [2, 1], [1, 2, 1]])
    func finiteDifferences(heads: [Int]) throws {
        let transformer = try randomTransformer(vocabulary: 3, length: 4, heads: heads, output: .softmax)
        let batch = try sequences(1, for: transformer.shape)
        let tokens = batch.tokens(of: 0)
        let label = batch.label(of: 0).map(Double.init)
        let (_, gradient) = LiteralTransformer(transformer).lossAndGradient(tokens: tokens, label: label)
        var generator = SplitMix64(seed: 3)
        for _ in 0..<40 {
            let index = Int.random(in: 0..<gradient.count, using: &generator)
            func loss(_ shift: Float) throws -> Double {
                var parameters = transformer.parameters
                parameters[index] += shift
                let moved = try DisentangledTransformer(transformer.shape, parameters: parameters)
                return LiteralTransformer(moved).lossAndGradient(tokens: tokens, label: label).0
            }
            // Parameters are multiples of 2^-10, so that the shift is exact.
            let slope = (try loss(0x1p-10) - loss(-0x1p-10)) / 0x1p-9
            #expect(abs(slope - gradient[index]) < 1e-6, "parameter \(index)")
        }
    }

    @Test(
        "The traced attention leads to the output of the kernels", arguments: [[1, 1], [2, 2], [1, 2, 1]])
    func trace(heads: [Int]) throws {
        let transformer = try randomTransformer(vocabulary: 4, length: 6, heads: heads, output: .softmax)
        let batch = try sequences(18, for: transformer.shape)
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let predictions = try transformer.predictions(on: batch, in: workspace)
        for sequence in 0..<batch.count {
            let trace = try transformer.trace(batch.tokens(of: sequence))
            #expect(disagreement(of: trace.output, with: predictions[sequence], within: 1e-5) == nil)
            #expect(trace.attention.map(\.count) == heads)
        }
    }

    @Test("Batches that do not fit are refused")
    func wrongBatch() throws {
        let transformer = try randomTransformer(vocabulary: 3, length: 4, heads: [1], output: .softmax)
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let batch = try TokenBatch(sequences: [[0, 1]], labels: [[1, 0, 0]], vocabulary: 3)
        #expect(throws: LaboratoryError.self) { try transformer.loss(on: batch, in: workspace) }
        #expect(throws: LaboratoryError.self) { try transformer.trace([0, 1, 2, 3]) }
        #expect(throws: LaboratoryError.self) {
            try TokenBatch(sequences: [[0, 3]], labels: [[1, 0, 0]], vocabulary: 3)
        }
    }

    private func randomTransformer(
        vocabulary: Int, length: Int, heads: [Int], output: OutputLaw
    ) throws -> DisentangledTransformer {
        let shape = try DisentangledShape(
            vocabulary: vocabulary, length: length, heads: heads, output: output)
        var generator = SplitMix64(seed: UInt64(heads.count))
        let parameters = (0..<shape.parameterCount).map { _ in
            Float(Int.random(in: -700...700, using: &generator)) * 0x1p-10
        }
        return try DisentangledTransformer(shape, parameters: parameters)
    }

    private func sequences(_ count: Int, for shape: DisentangledShape) throws -> TokenBatch {
        let task = try InContextTask(vocabulary: shape.vocabulary, graph: .chain(length: shape.length))
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        return try task.sample(count, key: BatchKey(seed: 5), in: workspace).visible
    }
}
