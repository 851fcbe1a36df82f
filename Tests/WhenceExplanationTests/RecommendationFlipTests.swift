import Foundation
import Testing
import WhenceDiscovery
import WhenceLoader
import WhenceTestSupport

@testable import WhenceExplanation

/// What the reference library says about one history: `Tests/Fixtures/recommendation/flips/freeze.py`.
struct FrozenHistory: Decodable, Sendable, CustomTestStringConvertible {
    struct Ranked: Decodable {
        var item: String
        var score: Double
    }

    struct Flip: Decodable {
        var items: [Int]
        var item: String
        var rankBefore: Int
        var scoreBefore: Double
        var scoreAfter: Double
        var originalRankAfter: Int
        var originalScoreAfter: Double
    }

    var history: [Int]
    var replacement: Replacement
    var sizes: Int
    var top: [Ranked]
    var flips: [Flip]

    var testDescription: String { "\(history.count) items, \(replacement.rawValue), sets up to \(sizes)" }

    static func all() throws -> [FrozenHistory] {
        let file = Repository.fixture("recommendation/flips/expected.json")
        return try JSONDecoder().decode([FrozenHistory].self, from: Data(contentsOf: file))
    }
}

/// The small recommender, loaded.
func smallRecommender() async throws -> Recommender {
    let folder = try RecommenderFolder()
    return try await Recommender(ModelFolder(at: folder.url.path))
}

/// The logits of the two libraries differ by rounding.
private let tolerance = 2e-5

@Suite("What a recommendation depends on, as the reference library computes it")
struct RecommendationFlipTests {
    @Test("The best items and their scores")
    func top() async throws {
        let recommender = try await smallRecommender()
        for frozen in try FrozenHistory.all() {
            let explanation = try await RecommendationExplainer(recommender).explain(frozen.history)
            let top = explanation.prediction.top
            #expect(top.map(\.item) == frozen.top.map(\.item), "\(frozen.testDescription)")
            #expect(top.map(\.rank) == Array(1...10))
            for (ours, theirs) in zip(top, frozen.top) {
                #expect(abs(ours.score - theirs.score) < tolerance, "\(frozen.testDescription): \(ours)")
            }
            #expect(explanation.prediction.best == top[0])
            #expect(explanation.prediction.candidateCount == 328 - Set(frozen.history).count)
        }
    }

    @Test("Every part of the history that changes it, with what replaces it, the ranks and the scores")
    func flips() async throws {
        let recommender = try await smallRecommender()
        for frozen in try FrozenHistory.all() {
            var settings = ExplanationSettings()
            settings.replacement = frozen.replacement
            settings.maximumSetSize = frozen.sizes
            settings.exhaustiveSetSize = frozen.sizes
            settings.allSizes = true
            let explanation = try await RecommendationExplainer(recommender, settings: settings)
                .explain(frozen.history)
            #expect(explanation.status.budget == nil)
            let found = explanation.explanations.sorted {
                ($0.size, $0.items.description) < ($1.size, $1.items.description)
            }
            let expected = frozen.flips.sorted {
                ($0.items.count, $0.items.description) < ($1.items.count, $1.items.description)
            }
            #expect(found.map(\.items) == expected.map(\.items), "\(frozen.testDescription)")
            for (ours, theirs) in zip(found, expected) {
                let place = "\(frozen.testDescription), without \(ours.items)"
                #expect(ours.replacement.item == theirs.item, "\(place)")
                #expect(ours.outcome.best.item == theirs.item, "\(place)")
                #expect(ours.replacement.rankBefore == theirs.rankBefore, "\(place)")
                #expect(ours.replacement.rankAfter == 1, "\(place)")
                #expect(ours.original.item == frozen.top[0].item, "\(place)")
                #expect(ours.original.rankBefore == 1, "\(place)")
                #expect(ours.original.rankAfter == theirs.originalRankAfter, "\(place)")
                let differences = [
                    ours.replacement.scoreBefore - theirs.scoreBefore,
                    ours.replacement.scoreAfter - theirs.scoreAfter,
                    ours.original.scoreAfter - theirs.originalScoreAfter,
                ]
                #expect(differences.allSatisfy { abs($0) < tolerance }, "\(place): \(differences)")
            }
        }
    }

    @Test(
        "Without exhaustion, what is found is of one size, and no smaller set that the graphs allow is left out"
    )
    func minimal() async throws {
        let recommender = try await smallRecommender()
        for frozen in try FrozenHistory.all() where frozen.history.count < 39 {
            var settings = ExplanationSettings()
            settings.replacement = frozen.replacement
            settings.maximumSetSize = frozen.sizes
            let explanation = try await RecommendationExplainer(recommender, settings: settings)
                .explain(frozen.history)
            let sizes = Set(explanation.explanations.map(\.size))
            #expect(sizes.count <= 1)
            let flips = Set(frozen.flips.map(\.items))
            var legal: Set<[Int]> = []
            for graph in explanation.graphs {
                let marks = try MixedGraph(
                    nodeCount: graph.nodes.count,
                    edges: graph.edges.map { Edge($0.a, $0.markAtA, $0.markAtB, $0.b) })
                for size in 1...frozen.sizes {
                    let sets = PossibleDSepTree(marks, root: graph.target)
                        .legalSets(ofSize: size, maximumCount: 10_000)
                    legal.formUnion(sets.sets.map(\.nodes))
                }
            }
            // Nodes are the items in their order.
            let smallest = legal.intersection(flips).map(\.count).min()
            let expected = legal.intersection(flips).filter { $0.count == smallest }
            #expect(Set(explanation.explanations.map(\.items)) == expected, "\(frozen.testDescription)")
        }
    }
}
