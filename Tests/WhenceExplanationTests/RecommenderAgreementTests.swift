import Foundation
import Testing
import WhenceExplanation
import WhenceInference
import WhenceLoader
import WhenceTensor
import WhenceTestSupport

@Suite("Agreement with the code that a recommender came from")
struct RecommenderAgreementTests {
    @Test("Scores of all items, and the ten best in their order", arguments: RecommenderCase.names)
    func scores(name: String) async throws {
        let reference = try await RecommenderCase(name)
        let lengths = reference.histories.map(\.history.count)
        let limit = reference.recommender.historyLimit
        #expect(lengths.contains(limit) && lengths.contains { $0 < limit } && lengths.contains { $0 > limit })
        let slots = try reference.histories.map(reference.slots)
        for (history, scores) in zip(reference.histories, try reference.recommender.scores(slots)) {
            #expect(
                disagreement(of: scores, with: history.scores, within: 1e-4) == nil,
                "\(history.history.count) items")
            #expect(best(10, of: scores) == best(10, of: history.scores))
        }
    }

    @Test(
        "Attention of the last layer, of the query and of the abductive input",
        arguments: RecommenderCase.names)
    func attention(name: String) async throws {
        let reference = try await RecommenderCase(name)
        let recommender = reference.recommender
        var compared = 0
        for history in reference.histories {
            guard let recommended = history.recommended, let query = history.attention,
                let abduction = history.abduction
            else { continue }
            let slots = try reference.slots(history)
            let inputs = [
                recommender.query(slots),
                recommender.abduction(slots, recommended: try reference.index(recommended)),
            ]
            for (input, expected) in zip(inputs, [query, abduction]) {
                compared += 1
                let trace = try recommender.model.trace(input.ids, logitsAt: [input.target])
                #expect(trace.attention.shape == [expected.count, input.ids.count, input.ids.count])
                #expect(
                    disagreement(
                        of: trace.attention.elements, with: expected.flatMap { $0.flatMap { $0 } },
                        within: 1e-5) == nil, "\(history.history.count) items")
            }
        }
        // Keras hands out no attention.
        #expect(compared == (name.hasPrefix("keras") ? 0 : 2 * reference.histories.count))
    }

    /// A case, a wrong choice, and the configuration with it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var name: String
        var choice: String
        var make: @Sendable (inout ModelConfiguration) -> Void

        init(_ name: String, _ choice: String, _ make: @escaping @Sendable (inout ModelConfiguration) -> Void)
        {
            (self.name, self.choice, self.make) = (name, choice, make)
        }

        var testDescription: String { "\(name): \(choice)" }
    }

    static let mistakes: [Mistake] = [
        Mistake("sasrec_pytorch_2020", "embeddings as they are") { $0.recommender?.embeddingScale = 1 },
        Mistake("sasrec_pytorch_2020", "padding not set to zero") {
            $0.recommender?.paddingStates = .attended
        },
        Mistake("sasrec_pytorch_2020", "norms behind") { $0.recommender?.block = .postNorm },
        Mistake("sasrec_pytorch_2020", "norms in front") { $0.recommender?.block = .preNorm },
        Mistake("sasrec_pytorch_2024", "norms behind") { $0.recommender?.block = .postNorm },
        Mistake("sasrec_pytorch_2024", "padding set to zero") { $0.recommender?.paddingStates = .zeroed },
        Mistake("sasrec_pytorch_pre_norm", "gelu") { $0.activation = .gelu },
        Mistake("sasrec_pytorch_post_norm", "everything seen") { $0.family = .bert4Rec },
        Mistake("recbole_sasrec", "padding on the left") { $0.recommender?.padding = .left },
        Mistake("recbole_sasrec", "the tanh form of gelu") { $0.activation = .geluNew },
        Mistake("recbole_bert4rec", "relu in front of the scores") { $0.headActivation = .relu },
        Mistake("recbole_bert4rec", "another epsilon") { $0.layerNormEpsilon = 1e-2 },
        Mistake("bert4rec_vae", "the usual layer norm") { $0.recommender?.layerNorm = .standard },
        Mistake("bert4rec_vae", "positions from the window's start") { $0.recommender?.padding = .right },
        Mistake("keras_bert4rec_no_padding", "the blocks' epsilon behind them") {
            $0.recommender?.finalNormEpsilon = 0.05
        },
        Mistake("keras_bert4rec_no_padding", "the blocks' epsilon in the head") {
            $0.headLayerNormEpsilon = 0.05
        },
        Mistake("keras_bert4rec_no_padding", "the blocks' activation in the head") {
            $0.headActivation = .silu
        },
        Mistake("keras_bert4rec_no_padding", "positions at the window's end") {
            $0.recommender?.padding = .left
        },
        Mistake("keras_bert4rec_attended_behind", "embeddings as they are") {
            $0.recommender?.embeddingScale = 1
        },
        Mistake("keras_sasrec_masked_in_front", "positions from the window's start") {
            $0.recommender?.padding = .right
        },
        Mistake("keras_sasrec_masked_in_front", "the exact gelu") { $0.activation = .gelu },
        Mistake("keras_hub_bert4rec", "the blocks' epsilon behind them") {
            $0.recommender?.finalNormEpsilon = 1e-3
        },
        Mistake("keras_rs_sasrec", "another epsilon behind the blocks") {
            $0.recommender?.finalNormEpsilon = 1e-2
        },
    ]

    @Test("A wrong choice shows", arguments: mistakes)
    func mistakeShows(mistake: Mistake) async throws {
        let reference = try await RecommenderCase(mistake.name)
        let folder = try ModelFolder(at: RecommenderCase.folder(mistake.name).path)
        var configuration = folder.configuration
        mistake.make(&configuration)
        let model = try Transformer(configuration: configuration, checkpoint: folder.checkpoint())
        let items = reference.recommender.catalogue.items
        let shows = try reference.histories.contains { history in
            let input = reference.recommender.query(try reference.slots(history))
            let logits = try model.logits([input.ids], at: [[input.target]])[0]
            return disagreement(of: items.map { logits[$0.token] }, with: history.scores, within: 2e-4) != nil
        }
        #expect(shows)
    }
}
