import Foundation
import Testing
import WhenceDiscovery
import WhenceExplanation
import WhenceTestSupport

@testable import WhenceLaboratory

@Suite("Calibration")
struct CalibrationTests {
    /// Attention that looks at the parent and nowhere else; roots look at themselves.
    private func perfectAttention(_ graph: LatentGraph) -> [[Float]] {
        (0..<graph.length).map { child in
            (0..<graph.length).map { $0 == graph.parents[child].first ?? child ? 1 : 0 }
        }
    }

    /// What the methods count on perfect attention, with so many samples that no test is weak.
    private func tallies(_ graph: LatentGraph) throws -> [(key: CalibrationKey, tallies: CalibrationTallies)]
    {
        let task = try InContextTask(vocabulary: 3, graph: graph)
        var settings = CalibrationSettings()
        settings.samples = 10_000
        var run = CalibrationRun(
            settings: settings, family: .chain, truth: try CalibrationTruth(task),
            shape: try DisentangledShape(for: task, heads: [1]), seed: 0)
        try run.add([[perfectAttention(graph)]])
        return run.tallies
    }

    @Test("Attention that is the graph gives the whole graph when it is read as direct effects")
    func structuralReading() throws {
        for graph in try [LatentGraph.chain(length: 9), .pairs(length: 9), .tree([nil, 0, 0, 1, 1, nil, 5])] {
            for (key, tally) in try tallies(graph) where key.reading == .structural || key.reading == nil {
                if key.method == .largestWeight { continue }
                #expect(tally.found.value(.f1) == 1, "\(graph.parents): \(key)")
                #expect(tally.found.value(.marks) == 1, "\(graph.parents): \(key)")
                #expect(tally.found.value(.distance) == 0, "\(graph.parents): \(key)")
            }
        }
    }

    @Test(
        "Read as the interpreter reads it, the same attention joins siblings, and roots with their children")
    func attentionReading() throws {
        // Rows: 0, 0 (root 0 and its child), 1 (child of 1), 1 (its sibling): two pairs of equal rows.
        let graph = try LatentGraph.tree([nil, 0, 1, 1])
        for (key, tally) in try tallies(graph) where key.reading == .attention {
            #expect(tally.found.skeleton == RetrievalCounts(correct: 1, spurious: 1, missing: 2), "\(key)")
            #expect(tally.found.degenerateTests > 0, "\(key)")
        }
    }

    @Test("Uniform attention is read as a chain, whatever was learnt")
    func uniformAttention() throws {
        let task = try InContextTask(vocabulary: 3, graph: .chain(length: 9))
        let shape = try DisentangledShape(for: task, heads: [1])
        var settings = CalibrationSettings()
        settings.samples = 10_000
        var run = CalibrationRun(
            settings: settings, family: .chain, truth: try CalibrationTruth(task), shape: shape, seed: 0)
        try run.addUntrained(DisentangledTransformer(shape).trace([Int](repeating: 0, count: 9)).attention)
        for (key, tally) in run.tallies where key.reading == .attention {
            #expect(tally.untrained.value(.f1) == 1, "\(key)")
            #expect(tally.found.graphs == 0)
        }
    }

    @Test("The correlations are those of attention times its transpose, without tokens that are no nodes")
    func correlation() throws {
        let attention: [[Float]] = [[1, 0, 0], [0.5, 0.5, 0], [0.25, 0.25, 0.5]]
        let found = try AttentionReading.correlation(of: [attention], nodes: [1, 2])
        let expected = 0.25 / (0.5 * 0.375).squareRoot()
        for (value, wanted) in zip(found, [1, expected, expected, 1]) { #expect(abs(value - wanted) < 1e-12) }
        #expect(found.count == 4)
        #expect(throws: ExplanationError.self) { try AttentionReading.correlation(of: [], nodes: [0]) }
    }

    @Test("The truth is the equivalence class of the latent graph", arguments: CalibrationFamily.allCases)
    func truth(family: CalibrationFamily) throws {
        for seed in 0..<4 {
            let task = try family.task(vocabulary: 3, length: 13, seed: UInt64(seed))
            let truth = try CalibrationTruth(task)
            let latent = task.graphs[0]
            let oracle = try SeparationOracle(
                CausalDAG(
                    nodeCount: latent.lastIsQuestion ? 12 : 13,
                    links: latent.edges.map { CausalDAG.Link($0.parent, $0.child) }, latents: task.hidden))
            #expect(try truth.graph == oracle.maximalAncestralGraph().partialAncestralGraph())
            #expect(truth.orderedGraph.nodeCount == truth.nodes.count)
            let isHidden = family == .hiddenCauses || family == .hiddenTwoParents
            #expect(task.hidden.isEmpty != isHidden)
        }
    }

    @Test("A calibration is the same on any number of threads, and its table follows from its counts")
    func run() throws {
        var settings = CalibrationSettings()
        settings.families = [.chain, .hiddenTwoParents, .hiddenCauses]
        (settings.seeds, settings.steps, settings.batchSize) = (2, 4, 32)
        (settings.sequences, settings.length, settings.resamples) = (2, 8, 50)
        let report = try Calibration(settings).run(threadCount: 1)
        #expect(try Calibration(settings).run(threadCount: 2) == report)
        let copy = try JSONDecoder().decode(
            CalibrationReport.self, from: JSONEncoder().encode(report))
        #expect(copy == report)
        // Chain: two layers of one head; two parents: two heads and both pooled, then one. Twelve methods each.
        // Trees with hidden causes have different numbers of positions, and are one family all the same.
        #expect(report.rows.count == 12 * (2 + 4 + 2))
        #expect(report.models.map(\.seed) == [0, 1, 0, 1, 0, 1])
        for row in report.rows {
            #expect(row.found.map(\.graphs) == [2, 2])
            #expect(row.untrained.map(\.graphs) == [1, 1])
            for (found, random) in zip(row.found, row.random) {
                let edges = found.skeleton.correct + found.skeleton.spurious
                #expect(random.skeleton.correct + random.skeleton.spurious == edges)
            }
            let precisions = row.found.compactMap(\.skeleton.precision)
            let mean = precisions.reduce(0, +) / Double(precisions.count)
            #expect(row.estimate(.precision)?.value == (precisions.isEmpty ? nil : mean))
        }
    }

    @Test("An interval lies within the values, and is a point for equal ones")
    func intervals() throws {
        let estimate = try #require(CalibrationEstimate([0.1, 0.5, 0.3, 0.9, 0.7], resamples: 500))
        #expect(abs(estimate.value - 0.5) < 1e-12)
        #expect(estimate.interval[0] > 0.1 && estimate.interval[0] < 0.5)
        #expect(estimate.interval[1] < 0.9 && estimate.interval[1] > 0.5)
        #expect(CalibrationEstimate([0.25, 0.25], resamples: 20)?.interval == [0.25, 0.25])
        #expect(CalibrationEstimate([], resamples: 20) == nil)
    }

    @Test(
        "Settings out of range are refused",
        arguments: [
            { $0.families = [] }, { $0.seeds = 0 }, { $0.sequences = 0 }, { $0.length = 4 }, { $0.alpha = 1 },
            { $0.samples = 3 }, { $0.testLimit = 0 }, { $0.resamples = 0 }, { $0.vocabulary = 1 },
            { $0.steps = 0 }, { $0.batchSize = 0 },
        ] as [@Sendable (inout CalibrationSettings) -> Void])
    func refusals(_ change: @Sendable (inout CalibrationSettings) -> Void) {
        var settings = CalibrationSettings()
        change(&settings)
        #expect(throws: LaboratoryError.self) { try Calibration(settings) }
    }
}
