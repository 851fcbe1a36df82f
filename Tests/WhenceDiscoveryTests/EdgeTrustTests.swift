import Foundation
import Testing

@testable import WhenceDiscovery

@Suite("Edge trust")
struct EdgeTrustTests {
    @Test(
        "A search that remembers its tests finds what one that does not finds",
        arguments: CompleteAlgorithm.all)
    func cache(algorithm: CompleteAlgorithm) throws {
        for reference in GraphCase.having(\.data) where reference.nodes <= 8 {
            let test = try reference.test()
            for rule in SeparatingSetRule.allCases {
                var options = DiscoveryOptions()
                options.separatingSetRule = rule
                let search = algorithm.make(options)
                let cached = CachedTest(test)
                for alpha in [test.alpha, 0.2, test.alpha] {
                    let plain = try search.run(test.atLevel(alpha))
                    #expect(try search.run(cached.atLevel(alpha)) == plain, "\(reference.id) at \(alpha)")
                }
                #expect(cached.evaluate(0, 1, given: [2]) == test.evaluate(0, 1, given: [2]))
            }
        }
    }

    @Test("A sweep runs at every level, makes each test once, and counts what its runs found")
    func sweep() throws {
        let reference = try #require(GraphCase.having(\.data).first { $0.nodes >= 8 })
        let recorder = RecordingTest(test: try reference.test())
        let sweep = AlphaSweep(FCI())
        let result = try sweep.run(Recorded(recorder: recorder, base: try reference.test()))
        #expect(recorder.repeated.isEmpty)
        #expect(recorder.count == result.madeTestCount && result.madeTestCount < result.askedTestCount)
        let graphs = try AlphaSweep.usualAlphas.map { try FCI().run(reference.test().atLevel($0)).graph }
        #expect(result.edgeCounts == graphs.map(\.edgeCount))
        #expect(result.statuses == graphs.map { _ in .complete })
        #expect(result.frequencies == (try GraphFrequencies(of: graphs)))
        let decoded = try JSONDecoder().decode(AlphaSweepResult.self, from: JSONEncoder().encode(result))
        #expect(decoded == result)
        #expect(throws: DiscoveryError.alpha(2)) {
            try AlphaSweep(FCI(), alphas: [0.1, 2]).run(reference.test())
        }
    }

    @Test("A cancelled sweep has no result, for a part of its levels would pass for all")
    func cancelledSweep() async throws {
        let test = try #require(GraphCase.having(\.data).first).test()
        let sweep = Task {
            while !Task.isCancelled { await Task.yield() }
            return try AlphaSweep(FCI()).run(test)
        }
        sweep.cancel()
        await #expect(throws: CancellationError.self) { try await sweep.value }
    }

    @Test("Frequencies count edges and marks over graphs, and shares are of all graphs")
    func frequencies() throws {
        let graphs = [
            try graph(3, "0 --> 1", "1 o-o 2"), try graph(3, "0 --> 1"), try graph(3, "0 <-> 1", "0 o-> 2"),
            try graph(3, "0 o-> 1"),
        ]
        let frequencies = try GraphFrequencies(of: graphs)
        #expect(frequencies.edges.map { [$0.a, $0.b, $0.count] } == [[0, 1, 4], [0, 2, 1], [1, 2, 1]])
        #expect(
            frequencies.agreements(with: graphs[0]) == [
                EdgeAgreement(adjacency: 1, markAtA: 0.5, markAtB: 1),
                EdgeAgreement(adjacency: 0.25, markAtA: 0.25, markAtB: 0.25),
            ])
        #expect(frequencies.frequency(of: 2, 0)?.marksAtB[.arrow] == 1)
        #expect(try GraphFrequencies(of: [graphs[1]]).frequency(of: 1, 2) == nil)
        #expect(try GraphFrequencies(of: []).agreement(with: Edge(0, .tail, .arrow, 1)).adjacency == 0)
        #expect(throws: DiscoveryError.nodesDiffer(onlyInFirst: [], onlyInSecond: ["2"], repeated: [])) {
            try GraphFrequencies(of: [MixedGraph(nodeCount: 2), MixedGraph(nodeCount: 3)])
        }
    }

    /// A test whose questions are written down, at any level.
    private struct Recorded: SignificanceTest {
        var recorder: RecordingTest
        var base: FisherZTest

        var alpha: Double { base.alpha }
        var nodeCount: Int { base.nodeCount }
        var maximumConditioningSize: Int? { base.maximumConditioningSize }

        func atLevel(_ alpha: Double) throws -> Recorded {
            Recorded(recorder: recorder, base: try base.atLevel(alpha))
        }

        func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
            recorder.evaluate(i, j, given: set)
        }
    }
}
