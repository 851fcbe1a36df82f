import Foundation
import Testing
import WhenceDiscovery
import WhenceInference
import WhenceLoader
import WhenceTestSupport

@testable import WhenceExplanation

/// Histories with the scores that the models' own implementations gave: `Tests/Fixtures/recommendation/models/make.py`.
private struct ScoredHistory: Decodable {
    var history: [String]
    var scores: [Double]
}

@Suite("Explanations of every kind of recommender")
struct RecommenderFamilyTests {
    private static let masked = ["bert4rec_vae", "recbole_bert4rec"]
    private static let causal = [
        "keras_rs_sasrec", "recbole_sasrec", "sasrec_pytorch_2020", "sasrec_pytorch_2024",
        "sasrec_pytorch_post_norm", "sasrec_pytorch_pre_norm",
    ]

    @Test(
        "The best item is the reference's, and every explanation can be had again from its tokens",
        arguments: masked + causal)
    func replay(name: String) async throws {
        let folder = Repository.fixture("recommendation/models/\(name)")
        let recommender = try await Recommender(ModelFolder(at: folder.path))
        let catalogue = recommender.catalogue
        let cases = try JSONDecoder().decode(
            [ScoredHistory].self, from: Data(contentsOf: folder.appending(path: "expected.json")))
        var settings = ExplanationSettings()
        settings.exhaustiveSetSize = 2
        settings.topItems = 3
        let explainer = try RecommendationExplainer(recommender, settings: settings)
        for scored in cases where !scored.history.isEmpty {
            let history = try scored.history.map { try #require(catalogue.index(ofID: $0)) }
            let allowed = catalogue.items.indices.filter { !history.contains($0) }
            let best = try #require(allowed.max { (scored.scores[$0], $1) < (scored.scores[$1], $0) })
            let explanation = try await explainer.explain(history)
            #expect(explanation.prediction.best.item == catalogue.items[best].id, "\(scored.history)")
            for found in explanation.explanations {
                let logits = try recommender.model.logits([found.query], at: [[found.queryTarget]])[0]
                let order = allowed.sorted {
                    (logits[catalogue.items[$1].token], $0) < (logits[catalogue.items[$0].token], $1)
                }
                #expect(found.outcome.top.map(\.item) == order.prefix(3).map { catalogue.items[$0].id })
                #expect(found.outcome.best.item != explanation.prediction.best.item)
            }
        }
    }

    @Test("In a causal model items are deleted, and no later item causes an earlier one", arguments: causal)
    func order(name: String) async throws {
        let folder = Repository.fixture("recommendation/models/\(name)")
        let recommender = try await Recommender(ModelFolder(at: folder.path))
        #expect(recommender.replacementChoices.first == .delete)
        #expect(!recommender.replacementChoices.contains(.mask))
        let explanation = try await RecommendationExplainer(recommender).explain([0, 3, 1, 5, 2])
        #expect(explanation.settings.replacement == .delete)
        for graph in explanation.graphs {
            #expect(graph.target == graph.nodes.count - 1)
            for edge in graph.edges { #expect(edge.markAtB == .arrow, "\(edge)") }
        }
        for found in explanation.explanations { #expect(!found.query.isEmpty) }
        // A single item cannot be deleted: nothing would be left to read.
        let single = try await RecommendationExplainer(recommender).explain([4])
        #expect(single.explanations.isEmpty)
        #expect(single.status.forwardPasses == 2)
    }

    @Test(
        "A history as long as a causal model reads loses its oldest item in the second pass",
        arguments: causal)
    func longHistory(name: String) async throws {
        let folder = Repository.fixture("recommendation/models/\(name)")
        let recommender = try await Recommender(ModelFolder(at: folder.path))
        let limit = recommender.historyLimit
        let history = Array(0..<limit + 2)
        let explanation = try await RecommendationExplainer(recommender).explain(history)
        #expect(explanation.input.unseenCount == 2)
        for graph in explanation.graphs { #expect(graph.nodes.count <= limit + 1) }
        for found in explanation.explanations {
            #expect(found.items.allSatisfy { (2..<limit + 2).contains($0) })
        }
    }
}
