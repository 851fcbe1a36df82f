import Foundation
import Testing
import WhenceDiscovery
import WhenceLaboratory
import WhenceTestSupport

@Suite("Training")
struct TrainingTests {
    private func settings(
        steps: Int = 12, optimizer: Optimizer = .gradientDescent, learningRate: Double = 1
    ) throws -> TrainingSettings {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 6))
        return try TrainingSettings(
            task: task, steps: steps, learningRate: learningRate, batchSize: 150, optimizer: optimizer,
            weightDecay: 0.01, start: .noise(scale: 0.1), seed: 5, evaluationCount: 64, evaluationInterval: 4)
    }

    @Test(
        "The same settings give the same bytes at any number of threads",
        arguments: [Optimizer.gradientDescent, .adamW()])
    func threads(optimizer: Optimizer) throws {
        let settings = try settings(optimizer: optimizer, learningRate: 0.1)
        let one = try Trainer(settings, threadCount: 1)
        let three = try Trainer(settings, threadCount: 3)
        var metrics: [[TrainingMetrics]] = [[], []]
        try one.run { metrics[0].append($0) }
        try three.run { metrics[1].append($0) }
        #expect(one.transformer == three.transformer)
        #expect(metrics[0] == metrics[1])
        #expect(metrics[0].map(\.step) == [0, 4, 8, 12])
        let start = try Trainer(settings, threadCount: 1).transformer
        #expect(one.transformer != start)
    }

    @Test(
        "A run that was interrupted ends in the same bytes",
        arguments: [Optimizer.gradientDescent, .adamW()])
    func resuming(optimizer: Optimizer) throws {
        let folder = try TemporaryFolder()
        let path = (folder / "run.h5").path
        let settings = try settings(optimizer: optimizer, learningRate: 0.1)
        let whole = try Trainer(settings, threadCount: 1)
        try whole.run()
        let first = try Trainer(settings, threadCount: 1)
        try first.run(to: 7, checkpoints: .init(path: path, interval: 100))
        let second = try Trainer(resuming: path, threadCount: 2)
        #expect(second.step == 7)
        #expect(second.settings == settings)
        try second.run()
        #expect(second.transformer == whole.transformer)
    }

    @Test("Files that are no checkpoints are refused")
    func wrongFiles() throws {
        let folder = try TemporaryFolder()
        let path = (folder / "wrong.h5").path
        #expect(throws: (any Error).self) { try Trainer(resuming: path) }
        try Data("nothing".utf8).write(to: folder / "wrong.h5")
        #expect(throws: (any Error).self) { try Trainer(resuming: path) }
        let fixture = Repository.fixture("hdf5")
        let files = try FileManager.default.contentsOfDirectory(atPath: fixture.path)
        for file in files where file.hasSuffix(".h5") {
            #expect(throws: (any Error).self, "\(file)") {
                try Trainer(resuming: fixture.appending(path: file).path)
            }
        }
    }

    @Test(
        "A run that goes on from the middle measures and is kept as one whole run",
        arguments: [Optimizer.gradientDescent, .adamW()])
    func continuing(optimizer: Optimizer) throws {
        let folder = try TemporaryFolder()
        let (whole, half) = ((folder / "whole.h5").path, (folder / "half.h5").path)
        let settings = try settings(optimizer: optimizer, learningRate: 0.1)
        var metrics: [[TrainingMetrics]] = [[], []]
        try Trainer(settings, threadCount: 1).run(checkpoints: .init(path: whole)) { metrics[0].append($0) }
        let first = try Trainer(settings, threadCount: 1)
        // Before a measurement, so that the loss since the last one is in the checkpoint.
        while first.step < 6 {
            if first.step % 4 == 0 { metrics[1].append(try first.measure()) }
            try first.advance()
        }
        try first.save(to: half)
        // Files that are written in different seconds.
        Thread.sleep(forTimeInterval: 1.1)
        let second = try Trainer(resuming: half, threadCount: 1)
        try second.run(checkpoints: .init(path: half)) { metrics[1].append($0) }
        #expect(metrics[0] == metrics[1])
        let files = try [whole, half].map { try Data(contentsOf: URL(filePath: $0)) }
        #expect(files[0] == files[1], "the same run makes the same bytes, whenever it is written")
    }

    @Test(
        "Divergence stops with the step, and leaves the last good state",
        arguments: [Optimizer.gradientDescent, .adamW()])
    func divergence(optimizer: Optimizer) throws {
        let folder = try TemporaryFolder()
        let path = (folder / "run.h5").path
        var settings = try settings(steps: 400, optimizer: optimizer, learningRate: 1)
        settings.weightDecay = 0
        let trainer = try Trainer(settings, threadCount: 1)
        try trainer.run(to: 3, checkpoints: .init(path: path))
        settings.stages[0].learningRate = 1e38
        settings.weightDecay = 1
        let wild = try Trainer(settings, threadCount: 1)
        let error = #expect(throws: LaboratoryError.self) {
            try wild.run(checkpoints: .init(path: path))
        }
        guard case .diverged(let step, let checkpoint) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(wild.step == step)
        let isFinite = wild.transformer.parameters.allSatisfy { $0.isFinite }
        #expect(isFinite)
        #expect(checkpoint == path)
        let kept = try Trainer(resuming: path, threadCount: 1)
        #expect(kept.step == step && kept.transformer == wild.transformer)
        // With the optimiser's memory too, so that it goes the same way again.
        let again = #expect(throws: LaboratoryError.self) {
            while true { try kept.advance() }
        }
        guard case .diverged(step, _) = again else {
            Issue.record("\(String(describing: again))")
            return
        }
        #expect(error?.description.contains("after step \(step)") == true)
    }

    @Test("A step is the one that the optimiser's definition says")
    func oneStep() throws {
        for optimizer in [Optimizer.gradientDescent, .adamW(epsilon: 1e-3)] {
            let settings = try settings(optimizer: optimizer, learningRate: 0.3)
            let trainer = try Trainer(settings, threadCount: 1)
            let before = trainer.transformer
            let workspace = try LaboratoryWorkspace(threadCount: 1)
            let batch = try settings.task.sample(
                settings.batchSize, key: BatchKey(seed: settings.seed), in: workspace
            ).visible
            let (loss, gradient) = try before.lossAndGradient(on: batch, in: workspace)
            #expect(try trainer.advance() == loss)
            let expected = zip(before.parameters, gradient).map { value, slope -> Float in
                switch optimizer {
                case .gradientDescent: value - 0.3 * (slope + 0.01 * value)
                // After one step both means are the gradient and its square.
                case .adamW: value - 0.3 * (slope / (abs(slope) + 1e-3) + 0.01 * value)
                }
            }
            #expect(
                disagreement(of: trainer.transformer.parameters, with: expected, within: 2e-5) == nil)
        }
    }

    @Test("Only the stage's regions are learnt")
    func stages() throws {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 6))
        let settings = try TrainingSettings.twoStages(
            task: task, first: TrainingStage(steps: 2, learningRate: 10),
            second: TrainingStage(steps: 2, learningRate: 1), batchSize: 64, evaluationCount: 64)
        let trainer = try Trainer(settings, threadCount: 1)
        let start = trainer.transformer
        try trainer.run(to: 2)
        let middle = trainer.transformer
        #expect(middle.positionScores(head: 0) != start.positionScores(head: 0))
        #expect(middle.attentionMatrix(layer: 1, head: 0) == start.attentionMatrix(layer: 1, head: 0))
        #expect(middle.outputMatrix == start.outputMatrix)
        try trainer.run()
        let end = trainer.transformer
        #expect(end.attentionMatrix(layer: 0, head: 0) == middle.attentionMatrix(layer: 0, head: 0))
        let changed = zip(
            end.attentionMatrix(layer: 1, head: 0).elements, start.attentionMatrix(layer: 1, head: 0).elements
        ).filter { $0 != $1 }
        #expect(changed.count == 9)
        #expect(end.outputMatrix == start.outputMatrix)
    }

    @Test("Hidden positions leave a shorter sequence to learn from")
    func hidden() throws {
        let graph = try LatentGraph(parents: [[], [0], [0], [1], [2], [4]])
        let task = try InContextTask(vocabulary: 3, graph: graph, hidden: [0])
        let settings = try TrainingSettings(
            task: task, steps: 2, batchSize: 32, evaluationCount: 32, evaluationInterval: 1)
        let trainer = try Trainer(settings, threadCount: 1)
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        let sample = try task.sample(32, key: BatchKey(seed: 0), in: workspace)
        let expected = try trainer.transformer.loss(on: sample.visible, in: workspace)
        #expect(try trainer.advance() == expected)
        // 1 → 3 and 2 → 4 as the model numbers them: 0 → 2 and 1 → 3.
        let recovery = try #require(trainer.transformer.recovery(of: task))
        #expect(recovery.edges.map { [$0.parent, $0.child] } == [[0, 2], [1, 3]])
        #expect(
            DisentangledTransformer(settings.shape).recovery(of: task)?.largestShare == 0, "uniform attention"
        )
    }
}
