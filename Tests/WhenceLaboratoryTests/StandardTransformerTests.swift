import Foundation
import Testing
import WhenceLaboratory
import WhenceTestSupport

/// One case of `standard-gradients.json`: what the paper's own code computed.
private struct StandardCase: Decodable, Sendable, CustomTestStringConvertible {
    var vocabulary: Int
    var layers: Int
    var tokens: [[Int]]
    var labels: Data
    var parameters: Data
    var loss: Double
    var gradient: Data

    var testDescription: String { "\(layers) layers" }

    static func all() throws -> [StandardCase] {
        let file = Repository.fixture("laboratory/standard-gradients.json")
        return try JSONDecoder().decode([StandardCase].self, from: Data(contentsOf: file))
    }
}

@Suite("The standard transformer")
struct StandardTransformerTests {
    @Test("Loss and every gradient are those of the paper's code", arguments: try StandardCase.all())
    private func officialCode(standardCase: StandardCase) throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let start = try StandardTransformer(
            vocabulary: standardCase.vocabulary, length: standardCase.tokens[0].count,
            layerCount: standardCase.layers, seed: 0)
        let transformer = try start.with(parameters: GradientCase.floats(standardCase.parameters))
        let labels = GradientCase.floats(standardCase.labels)
        let batch = try TokenBatch(
            sequences: standardCase.tokens,
            labels: standardCase.tokens.indices.map {
                Array(labels[$0 * standardCase.vocabulary..<($0 + 1) * standardCase.vocabulary])
            }, vocabulary: standardCase.vocabulary)
        let (loss, gradient) = try transformer.lossAndGradient(on: batch, in: workspace)
        #expect(abs(loss - standardCase.loss) < 1e-5, "loss \(loss) instead of \(standardCase.loss)")
        let expected = GradientCase.floats(standardCase.gradient)
        // Both sides add up float32 numbers near 1, in different orders.
        #expect(disagreement(of: gradient, with: expected, within: 2e-5) == nil)
    }

    @Test("Training is the same at any number of threads, and lowers the loss")
    func training() throws {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 6))
        let settings = try StandardTraining(
            task: task, steps: 30, batchSize: 130, evaluationCount: 200, evaluationInterval: 30)
        var losses: [Double] = []
        let one = try settings.run(threadCount: 1) { losses.append($0.loss) }
        let two = try settings.run(threadCount: 2)
        #expect(one == two)
        #expect(losses.count == 2)
        #expect(abs(losses[0] - log(3)) < 1e-5, "the output starts at 0")
        #expect(losses[1] < losses[0])
    }

    @Test("The first layer's mean attention is uniform at the start, and causal")
    func attention() throws {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 5))
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let batch = try task.sample(20, key: BatchKey(seed: 1), in: workspace).visible
        let transformer = try StandardTransformer(vocabulary: 3, length: 5, seed: 1)
        let mean = try transformer.firstLayerAttention(on: batch)
        for row in 0..<5 {
            for column in 0..<5 {
                let expected: Float = column <= row ? 1 / Float(row + 1) : 0
                #expect(abs(mean[row, column] - expected) < 1e-6)
            }
        }
    }
}
