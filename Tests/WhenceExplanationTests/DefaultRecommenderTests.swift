import Foundation
import Testing
import WhenceExplanation
import WhenceLoader
import WhenceTestSupport

@Suite("The default recommender")
struct DefaultRecommenderTests {
    /// What transformers recommends with the same files; made by `freeze.py` beside it.
    private struct Frozen: Decodable {
        struct Case: Decodable {
            struct Item: Decodable {
                var item: String
                var score: Float
            }

            var name: String
            var history: [String]
            var unseen: [String]
            var top: [Item]
        }

        var sha256: String
        var cases: [Case]
    }

    @Test("It recommends what transformers recommends with the same files")
    func agreement() async throws {
        let recommender = try await Recommender(
            ModelFolder(at: Repository.root.appending(path: "models/movies").path))
        let frozen = try JSONDecoder().decode(
            Frozen.self,
            from: Data(contentsOf: Repository.fixture("recommendation/movies-top10.json")))
        let catalogue = recommender.catalogue
        #expect(frozen.cases.count == 5)
        for frozen in frozen.cases {
            let history = try frozen.history.map { try #require(catalogue.index(ofID: $0)) }
            #expect(max(0, history.count - recommender.historyLimit) == frozen.unseen.count)
            let scores = try recommender.scores([history.map(HistorySlot.item)])[0]
            let allowed = scores.indices.filter { !history.contains($0) }
            let best = allowed.sorted { scores[$0] > scores[$1] }.prefix(frozen.top.count)
            #expect(best.map { catalogue.items[$0].id } == frozen.top.map(\.item), "\(frozen.name)")
            #expect(
                disagreement(of: best.map { scores[$0] }, with: frozen.top.map(\.score), within: 1e-4) == nil,
                "\(frozen.name)")
        }
    }
}
