import Testing
import WhenceDiscovery
import WhenceInference
import WhenceLoader
import WhenceTestSupport

@testable import WhenceExplanation

@Suite("Explaining a recommendation")
struct RecommendationExplainerTests {
    @Test(
        "The second pass has the recommended item in the place of the mask, and the graphs are over its tokens"
    )
    func abduction() async throws {
        let recommender = try await smallRecommender()
        let explanation = try await RecommendationExplainer(recommender).explain([3, 0, 5])
        let input = explanation.input
        #expect(input.query == [8, 5, 10, 4])
        #expect(input.queryTarget == 3)
        #expect(input.abduction == [8, 5, 10, explanation.prediction.best.token])
        #expect(input.unseenCount == 0)
        #expect(input.history.map(\.item) == ["503", "500", "505"])
        #expect(explanation.graphs.map(\.head) == (0..<4).map { .head($0) })
        for graph in explanation.graphs {
            #expect(graph.nodes.map(\.tokens) == [[0], [1], [2], [3]])
            #expect(graph.target == 3)
            #expect(
                graph.nodes.map(\.label) == [
                    "Alien (1979)", "Star Wars (1977)", "Raiders of the Lost Ark (1981)",
                    explanation.prediction.best.title,
                ])
        }
        #expect(explanation.settings.nodes == .items)
        #expect(explanation.settings.replacement == .mask)
        #expect(explanation.settings.samples == 32)
    }

    @Test("Of a long history the last items are seen, and the number of the others is told")
    func longHistory() async throws {
        let recommender = try await smallRecommender()
        let history = Array(100..<150)
        var settings = ExplanationSettings()
        settings.heads = .pooled
        let explanation = try await RecommendationExplainer(recommender, settings: settings)
            .explain(history)
        #expect(explanation.input.unseenCount == 11)
        #expect(explanation.input.history.count == 50)
        #expect(explanation.input.query.count == 40)
        #expect(explanation.graphs.map(\.nodes.count) == [40])
        for found in explanation.explanations {
            #expect(found.items.allSatisfy { $0 >= 11 })
            #expect(found.nodes == found.items.map { $0 - 11 })
        }
        // What was not seen is not recommended either.
        let watched = Set(explanation.input.history.map(\.item))
        #expect(explanation.prediction.top.allSatisfy { !watched.contains($0.item) })

        settings.replacement = .delete
        settings.exhaustiveSetSize = 1
        settings.maximumSetSize = 1
        let deleted = try await RecommendationExplainer(recommender, settings: settings).explain(history)
        #expect(!deleted.explanations.isEmpty)
        for found in deleted.explanations {
            #expect(found.query.count == 39, "older items do not move up")
        }
    }

    @Test("An item that stands in the history twice is two nodes, and neither is recommended")
    func repeatedItem() async throws {
        let recommender = try await smallRecommender()
        let explanation = try await RecommendationExplainer(recommender).explain([9, 40, 9, 77])
        #expect(explanation.graphs[0].nodes.count == 5)
        #expect(explanation.prediction.candidateCount == 325)
    }

    @Test("The whole history stays excluded while parts of it are left out")
    func exclusion() async throws {
        let recommender = try await smallRecommender()
        var settings = ExplanationSettings()
        settings.exhaustiveSetSize = 2
        settings.allSizes = true
        settings.topItems = 1_000
        let history = [9, 40, 9, 77, 200]
        let explanation = try await RecommendationExplainer(recommender, settings: settings).explain(history)
        #expect(explanation.explanations.count > 3)
        let watched = Set(history.map { String(500 + $0) })
        for found in explanation.explanations {
            #expect(found.outcome.top.count == 324)
            #expect(found.outcome.top.allSatisfy { !watched.contains($0.item) })
        }
    }

    @Test("What an explanation says can be had again from its own tokens")
    func replay() async throws {
        let recommender = try await smallRecommender()
        var settings = ExplanationSettings()
        settings.exhaustiveSetSize = 2
        let explanation = try await RecommendationExplainer(recommender, settings: settings)
            .explain([9, 40, 9, 77, 200])
        let watched = Set(explanation.input.history.map(\.token))
        let queries =
            [(explanation.input.query, explanation.input.queryTarget, explanation.prediction)]
            + explanation.explanations.map { ($0.query, $0.queryTarget, $0.outcome) }
        for (ids, target, outcome) in queries {
            let logits = try recommender.model.logits([ids], at: [[target]])[0]
            let allowed = logits.indices.filter { $0 >= 5 && !watched.contains($0) }
            let order = allowed.sorted { (logits[$1], $0) < (logits[$0], $1) }
            #expect(outcome.top.map(\.token) == Array(order.prefix(10)))
            #expect(outcome.top.map(\.score) == order.prefix(10).map { Double(logits[$0]) })
        }
    }

    @Test("Any number of threads gives the same explanation, but for the time taken")
    func threads() async throws {
        let recommender = try await smallRecommender()
        var explanations: [RecommendationExplanation] = []
        for threads in [1, 2] {
            var explanation = try await RecommendationExplainer(recommender, threads: threads)
                .explain(Array(20..<36))
            explanation.status.elapsedMilliseconds = 0
            explanations.append(explanation)
        }
        #expect(explanations[0] == explanations[1])
    }

    @Test(
        "Both algorithms, pooled heads and single ones have their graphs",
        arguments: DiscoveryAlgorithmName.allCases)
    func algorithms(_ algorithm: DiscoveryAlgorithmName) async throws {
        let recommender = try await smallRecommender()
        var settings = ExplanationSettings()
        settings.algorithm = algorithm
        for (heads, labels) in [
            (HeadChoice.pooled, [HeadLabel.pooled]), (.only([2, 0]), [.head(2), .head(0)]),
        ] {
            settings.heads = heads
            let explainer = try RecommendationExplainer(recommender, settings: settings)
            #expect(try await explainer.explain([1, 2, 3, 4]).graphs.map(\.head) == labels)
            let one = try await explainer.explain([120])
            #expect(one.graphs.allSatisfy { $0.nodes.count == 2 && $0.status == .complete })
        }
    }

    @Test("A budget of forward passes counts the two of the history itself")
    func budget() async throws {
        let recommender = try await smallRecommender()
        var settings = ExplanationSettings()
        settings.exhaustiveSetSize = 3
        settings.maximumForwardPasses = 5
        settings.allSizes = true
        let explanation = try await RecommendationExplainer(recommender, settings: settings)
            .explain(Array(20..<40))
        #expect(explanation.status.search == .budget)
        #expect(explanation.status.budget == "the budget of 5 forward passes")
        #expect(explanation.status.forwardPasses == 5)
        settings.maximumForwardPasses = 1
        #expect(throws: ExplanationError.self) {
            try RecommendationExplainer(recommender, settings: settings)
        }
    }

    @Test("Histories that hold nothing, strangers or everything are refused")
    func refused() async throws {
        let recommender = try await smallRecommender()
        let explainer = try RecommendationExplainer(recommender)
        await #expect(throws: ExplanationError.emptyHistory) { try await explainer.explain([]) }
        await #expect(throws: ExplanationError.noSuchItem(328, itemCount: 328)) {
            try await explainer.explain([1, 328])
        }
        await #expect(throws: ExplanationError.noSuchItem(-1, itemCount: 328)) {
            try await explainer.explain([-1])
        }
        await #expect(throws: ExplanationError.nothingLeft(itemCount: 328)) {
            try await explainer.explain(Array(0..<328))
        }
        var settings = ExplanationSettings()
        settings.replacement = .unknown
        #expect(throws: ExplanationError.noReplacementToken(.unknown, choices: [.mask, .delete, .pad])) {
            try RecommendationExplainer(recommender, settings: settings)
        }
    }
}

@Suite("Rankings of items")
struct ItemRankingTests {
    @Test(
        "The best come in order, equal scores in the catalogue's order, and ranks agree",
        arguments: [1, 2, 7, 40])
    func order(limit: Int) {
        // Seven values, so that many are equal.
        let scores = (0..<40).map { Float(($0 * 17 + 5) % 7) }
        let excluded = [3, 11, 12, 3]
        let ranking = ItemRanking(scores, excluding: excluded)
        let sorted = scores.indices.filter { !excluded.contains($0) }
            .sorted { (scores[$1], $0) < (scores[$0], $1) }
        #expect(ranking.count == 37)
        #expect(ranking.top(limit) == Array(sorted.prefix(limit)))
        for (place, item) in sorted.enumerated() { #expect(ranking.rank(of: item) == place + 1) }
    }
}
