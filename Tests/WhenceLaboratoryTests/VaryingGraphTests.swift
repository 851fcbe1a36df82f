import Foundation
import Testing
import WhenceLaboratory

@Suite("Graphs that change with each sequence")
struct VaryingGraphTests {
    private static let rows = [[0.6, 0.3, 0.1], [0.05, 0.15, 0.8], [0.45, 0.35, 0.2]]

    /// The stationary law by powers of the kernel: another way than the library's.
    private static let stationary: [Double] = {
        var law: [Double] = [1, 0, 0]
        for _ in 0..<500 {
            var next: [Double] = [0, 0, 0]
            for from in 0..<3 {
                for to in 0..<3 { next[to] += law[from] * rows[from][to] }
            }
            law = next
        }
        return law
    }()

    /// How likely a graph makes tokens, the predicted one last, by the definition: a product along positions.
    private static func probability(_ tokens: [Int], _ graph: LatentGraph, _ roots: RootLaw) -> Double {
        var product = 1.0
        for (position, token) in tokens.enumerated() {
            if let parent = graph.parents[position].first {
                product *= rows[tokens[parent]][token]
            } else {
                product *= roots == .uniform ? 1.0 / 3 : stationary[token]
            }
        }
        return product
    }

    /// The law of the next token: every graph and every continuation, added up.
    private static func enumerated(_ task: InContextTask, _ tokens: [Int]) -> [Double] {
        var joint: [Double] = [0, 0, 0]
        for next in 0..<3 {
            for graph in task.graphs { joint[next] += probability(tokens + [next], graph, task.roots) }
        }
        let total = joint[0] + joint[1] + joint[2]
        return joint.map { $0 / total }
    }

    private static func allSequences(_ length: Int) -> [[Int]] {
        var lists: [[Int]] = [[]]
        for _ in 0..<length { lists = lists.flatMap { list in [list + [0], list + [1], list + [2]] } }
        return lists
    }

    private func task(_ name: String, roots: RootLaw) throws -> InContextTask {
        name == "lags"
            ? try .laggedChains(
                vocabulary: 3, length: 6, lags: [1, 2, 4], kernels: .fixed(Self.rows), roots: roots)
            : try .parentMaps(
                vocabulary: 3, chainLength: 4, exampleCount: 1, kernels: .fixed(Self.rows), roots: roots)
    }

    @Test(
        "The Bayes predictor is the enumeration of every graph and continuation",
        arguments: ["lags", "maps"], [RootLaw.uniform, .stationary])
    func enumeration(name: String, roots: RootLaw) throws {
        let task = try task(name, roots: roots)
        var worst = (0.0, [Int]())
        for tokens in Self.allSequences(task.length) {
            let law = Predictor.bayes.law(of: task, after: tokens)
            for (found, expected) in zip(law, Self.enumerated(task, tokens)) {
                if !(abs(found - expected) <= worst.0) { worst = (abs(found - expected), tokens) }
            }
        }
        #expect(worst.0 < 1e-10, "\(worst)")
    }

    @Test(
        "With parents drawn per context, the posterior is a softmax over sums of log π", arguments: [0, 1, 3])
    func softmax(exampleCount: Int) throws {
        let task = try InContextTask.parentMaps(
            vocabulary: 3, chainLength: 5, exampleCount: exampleCount, kernels: .fixed(Self.rows),
            roots: .uniform)
        #expect(task.graphs.count == 24 && task.length == 5 * exampleCount + 4)
        let sample = try task.sample(100, key: BatchKey(seed: 2), in: LaboratoryWorkspace(threadCount: 1))
        for sequence in 0..<100 {
            let tokens = sample.complete.tokens(of: sequence)
            var (expected, total): ([Double], Double) = ([0, 0, 0], 0)
            for candidate in 0..<4 {
                var score = 0.0
                for chain in 0..<exampleCount {
                    score += log(Self.rows[tokens[chain * 5 + candidate]][tokens[chain * 5 + 4]])
                }
                total += exp(score)
                let row = Self.rows[tokens[exampleCount * 5 + candidate]]
                for next in 0..<3 { expected[next] += exp(score) * row[next] }
            }
            expected = expected.map { $0 / total }
            let law = Predictor.bayes.law(of: task, after: tokens)
            #expect(zip(law, expected).allSatisfy { abs($0 - $1) < 1e-10 }, "\(law) \(expected)")
            let parent = task.graphs[sample.graphNumbers[sequence]].parents[task.length][0]
            let label = sample.complete.label(of: sequence).map(Double.init)
            #expect(zip(label, Self.rows[tokens[parent]]).allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }

    @Test("Finding out which graph it is pays, the more the longer the context")
    func order() throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        func losses(_ length: Int) throws -> (bayes: Double, even: Double) {
            let task = try InContextTask.laggedChains(
                vocabulary: 3, length: length, lags: [1, 2, 3], kernels: .fixed(Self.rows))
            let sample = try task.sample(2000, key: BatchKey(seed: 5), in: workspace)
            return try (sample.loss(of: .bayes), sample.loss(of: .evenGraphs))
        }
        let (short, long) = (try losses(6), try losses(40))
        #expect(short.bayes < short.even && long.bayes < short.bayes - 0.02, "\(short) \(long)")
        // 2000 sequences, a deviation of at most 0.5 each.
        #expect(abs(long.even - short.even) < 0.06)
        var entropy = 0.0
        for (weight, row) in zip(Self.stationary, Self.rows) {
            for probability in row { entropy -= weight * probability * log(probability) }
        }
        #expect(abs(long.bayes - entropy) < 0.04, "\(long.bayes) \(entropy)")
    }

    @Test("Two layers learn to find the lag: the loss falls below that of knowing everything but the lag")
    func training() throws {
        let task = try InContextTask.laggedChains(
            vocabulary: 3, length: 8, lags: [1, 2], kernels: .fixed(Self.rows))
        let settings = try TrainingSettings(
            task: task, shape: DisentangledShape(for: task, heads: [2, 1]), steps: 200, learningRate: 0.03,
            batchSize: 128, optimizer: .adamW(), start: .noise(scale: 0.1), seed: 1, evaluationCount: 2000,
            evaluationInterval: 200)
        let trainer = try Trainer(settings, threadCount: 1)
        let last = try trainer.run()
        let sample = try task.sample(
            2000, key: BatchKey(seed: 1, purpose: .evaluation), in: LaboratoryWorkspace(threadCount: 1))
        let even = try sample.loss(of: .evenGraphs)
        #expect(last.bayesLoss < last.loss && last.loss < (even + last.bayesLoss) / 2, "\(last), \(even)")
    }

    @Test("A drawn kernel follows from its seed alone")
    func drawnKernel() throws {
        let workspace = try LaboratoryWorkspace(threadCount: 1)
        func rows(_ seed: UInt64) throws -> [[Double]] {
            guard
                case .fixed(let rows) = try KernelLaw.drawn(
                    vocabulary: 5, alpha: 0.5, seed: seed, in: workspace)
            else { return [] }
            return rows
        }
        let (first, again, other) = (try rows(1), try rows(1), try rows(2))
        #expect(first == again && first != other && first.count == 5)
        #expect(first.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 })
    }

    @Test("Tasks that cannot be are refused")
    func refused() throws {
        let kernels = KernelLaw.fixed(Self.rows)
        for lags in [[], [1, 1], [0], [7]] {
            #expect(throws: LaboratoryError.self) {
                _ = try InContextTask.laggedChains(vocabulary: 3, length: 6, lags: lags, kernels: kernels)
            }
        }
        for (length, count) in [(1, 1), (8, 1), (4, -1), (4, 1000)] {
            #expect(throws: LaboratoryError.self) {
                _ = try InContextTask.parentMaps(
                    vocabulary: 3, chainLength: length, exampleCount: count, kernels: kernels)
            }
        }
    }
}
