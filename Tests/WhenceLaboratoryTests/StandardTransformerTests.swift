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

    private static func settings(optimizer: Optimizer = .adamW()) throws -> StandardTraining {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 6))
        return try StandardTraining(
            task: task, steps: 30, batchSize: 130, optimizer: optimizer, evaluationCount: 200,
            evaluationInterval: 30)
    }

    @Test("Training is the same at any number of threads, and lowers the loss")
    func training() throws {
        let one = try StandardTrainer(Self.settings(), threadCount: 1)
        let two = try StandardTrainer(Self.settings(), threadCount: 2)
        var losses: [Double] = []
        try one.run { losses.append($0.loss) }
        try two.run()
        #expect(one.transformer == two.transformer)
        #expect(losses.count == 2)
        #expect(abs(losses[0] - log(3)) < 1e-5, "the output starts at 0")
        #expect(losses[1] < losses[0])
    }

    @Test(
        "A run that was interrupted ends in the same bytes",
        arguments: [Optimizer.gradientDescent, .adamW()])
    func resuming(optimizer: Optimizer) throws {
        let folder = try TemporaryFolder()
        let path = (folder / "run.h5").path
        let settings = try Self.settings(optimizer: optimizer)
        let whole = try StandardTrainer(settings, threadCount: 1)
        try whole.run()
        try StandardTrainer(settings, threadCount: 1).run(to: 13, checkpoints: .init(path: path))
        let second = try StandardTrainer(resuming: path, threadCount: 2)
        #expect(second.step == 13 && second.settings == settings)
        #expect(try LaboratoryModel(ofCheckpoint: path) == .standard)
        try second.run()
        #expect(second.transformer == whole.transformer)
        #expect(try second.advance() == nil)
    }

    @Test("A checkpoint goes on as what it is, and nothing else")
    func otherKind() throws {
        let folder = try TemporaryFolder()
        let (standard, disentangled) = ((folder / "standard.h5").path, (folder / "other.h5").path)
        try StandardTrainer(Self.settings(), threadCount: 1).save(to: standard)
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 6))
        try Trainer(TrainingSettings(task: task, steps: 2, batchSize: 16), threadCount: 1)
            .save(to: disentangled)
        #expect(try LaboratoryModel(ofCheckpoint: disentangled) == .disentangled)
        let errors = [
            #expect(throws: LaboratoryError.self) { _ = try Trainer(resuming: standard, threadCount: 1) },
            #expect(throws: LaboratoryError.self) {
                _ = try StandardTrainer(resuming: disentangled, threadCount: 1)
            },
        ]
        #expect(errors[0]?.description.contains("keeps a standard transformer") == true)
        #expect(errors[1]?.description.contains("keeps a disentangled transformer") == true)
    }

    @Test("Divergence leaves the transformer as it was")
    func divergence() throws {
        var settings = try Self.settings(optimizer: .gradientDescent)
        settings.stage.learningRate = 1e38
        settings.weightDecay = 10
        let trainer = try StandardTrainer(settings, threadCount: 1)
        let error = #expect(throws: LaboratoryError.self) { try trainer.run() }
        guard case .diverged(let step, nil) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(trainer.step == step)
        let isFinite = trainer.transformer.parameters.allSatisfy(\.isFinite)
        #expect(isFinite)
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
