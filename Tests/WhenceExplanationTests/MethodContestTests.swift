import Testing
import WhenceDiscovery
import WhenceInference
import WhenceTestSupport

@testable import WhenceExplanation

@Suite("Ways to explain a recommendation, side by side")
struct MethodContestTests {
    @Test("Whatever a method finds changes the recommendation, as the reference library says")
    func sound() async throws {
        let recommender = try await smallRecommender()
        var found = 0
        for frozen in try FrozenHistory.all() {
            var settings = ExplanationSettings()
            settings.replacement = frozen.replacement
            settings.maximumSetSize = frozen.sizes
            let contest = try MethodContest(
                recommender, settings: settings, exhaustiveSetSize: frozen.sizes)
            let outcomes = try await contest.run(frozen.history, seed: 3)
            #expect(outcomes.map(\.method) == ExplanationMethod.allCases)
            for outcome in outcomes {
                guard let items = outcome.items else { continue }
                found += 1
                let flip = frozen.flips.first { $0.items == items }
                #expect(flip != nil, "\(frozen.testDescription): \(outcome)")
                #expect(outcome.replacementRank == flip?.rankBefore, "\(frozen.testDescription): \(outcome)")
                #expect(outcome.forwardPasses > 1 && outcome.milliseconds > 0)
            }
            let smallest = frozen.flips.map(\.items.count).min()
            let exhaustive = try #require(outcomes.last)
            #expect(exhaustive.size == smallest, "\(frozen.testDescription)")
            #expect(exhaustive.isComplete)
        }
        #expect(found > 20, "\(found) sets were compared")
    }

    @Test("What CLEANN finds is what the explainer tells first, and the seed moves the random graph alone")
    func sameAsExplainer() async throws {
        let recommender = try await smallRecommender()
        let history = [3, 0, 5, 40, 77, 12, 130, 9]
        let contest = try MethodContest(recommender, methods: [.icd, .randomGraph, .leaveOneOut])
        let outcomes = try await contest.run(history, seed: 1)
        let explanation = try await RecommendationExplainer(recommender).explain(history)
        #expect(outcomes[0].items == explanation.explanations.first?.items)
        #expect(outcomes[0].forwardPasses == explanation.status.forwardPasses)
        for seed in UInt64(2)..<6 {
            let others = try await contest.run(history, seed: seed)
            #expect(others[0].items == outcomes[0].items && others[2].items == outcomes[2].items)
        }
        let again = try await contest.run(history, seed: 1)
        #expect(again.map(\.items) == outcomes.map(\.items))
        #expect(again.map(\.forwardPasses) == outcomes.map(\.forwardPasses))
    }

    @Test("A budget ends the exhaustive method, and it says so")
    func budget() async throws {
        let recommender = try await smallRecommender()
        let frozen = try #require(
            try FrozenHistory.all().first {
                ($0.flips.map(\.items.count).min() ?? 9) > 1 && $0.history.count > 4
            })
        var settings = ExplanationSettings()
        settings.replacement = frozen.replacement
        let contest = try MethodContest(
            recommender, settings: settings, methods: [.exhaustive], exhaustiveForwardPasses: 4)
        let outcome = try await contest.run(frozen.history, seed: 0)[0]
        #expect(outcome.items == nil && !outcome.isComplete)
        #expect(outcome.forwardPasses == 4)
    }

    @Test("A random graph has the edges of the learnt one, mark by mark, elsewhere")
    func randomGraph() throws {
        var generator = SplitMix64(seed: 5)
        let marks = [
            Edge(0, .tail, .arrow, 1), Edge(1, .circle, .arrow, 4), Edge(2, .arrow, .arrow, 5),
            Edge(3, .circle, .circle, 5),
        ]
        let graph = CausalGraph(
            head: .pooled, target: 5,
            nodes: (0..<6).map { CausalGraph.Node(index: $0, label: "\($0)", tokens: [$0]) },
            edges: marks.map {
                CausalGraph.GraphEdge(
                    a: $0.a, b: $0.b, markAtA: $0.markAtA, markAtB: $0.markAtB, pValue: 0.001)
            },
            independenceTests: [], degenerateTests: 0, status: .complete, sampleBound: nil)
        let learnt = LearntGraph(
            graph: graph, tree: PossibleDSepTree(try MixedGraph(nodeCount: 6, edges: marks), root: 5))
        func pairs(_ edges: [CausalGraph.GraphEdge]) -> [String] {
            edges.map { "\($0.markAtA) \($0.markAtB)" }.sorted()
        }
        var places: Set<[Int]> = []
        for _ in 0..<200 {
            let scattered = learnt.scattered(using: &generator)
            #expect(pairs(scattered.graph.edges) == pairs(graph.edges))
            #expect(scattered.graph.edges.allSatisfy { $0.a < $0.b })
            #expect(Set(scattered.graph.edges.map { [$0.a, $0.b] }).count == 4)
            places.formUnion(scattered.graph.edges.map { [$0.a, $0.b] })
        }
        #expect(places.count == 15, "every pair of nodes has its turn")
    }

    @Test("Sets are tried in the order that a method promises")
    func orders() {
        let weights = [0.1, 0.4, 0.2, 0.3]
        let ranked = CandidateOrder.ranked([0, 1, 2, 3], by: weights)
        #expect(ranked == [1, 3, 2, 0])
        #expect(CandidateOrder.ranked([2, 0, 1], by: [1, 1, 1]) == [0, 1, 2])
        #expect(CandidateOrder.growing(ranked, upTo: 3) == [[1], [1, 3], [1, 2, 3]])
        #expect(
            CandidateOrder.subsets(ranked, weights: weights, upTo: 2)
                == [[1], [3], [2], [0], [1, 3], [1, 2], [0, 1], [2, 3], [0, 3], [0, 2]])
        #expect(
            Array(CandidateOrder.all(of: [0, 1, 2], upTo: 2))
                == [[2], [1], [0], [1, 2], [0, 2], [0, 1]])
        let many = CandidateOrder.subsets(
            Array(0..<40), weights: (0..<40).map { 1 / Double($0 + 1) }, upTo: 3)
        #expect(many.count == 16 + 120 + 560)
        #expect(Set(many).count == many.count)
    }
}
