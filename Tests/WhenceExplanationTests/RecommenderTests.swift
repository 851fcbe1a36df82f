import Foundation
import Testing
import WhenceExplanation
import WhenceInference
import WhenceLoader
import WhenceTestSupport

@Suite("Recommenders")
struct RecommenderTests {
    private static func recommender(_ name: String) async throws -> Recommender {
        try await Recommender(ModelFolder(at: RecommenderCase.folder(name).path))
    }

    private static func hugging() async throws -> Recommender {
        try await Recommender(ModelFolder(at: Repository.fixture("inference/tf_bert4rec").path))
    }

    private static func items(_ indices: Range<Int>) -> [HistorySlot] { indices.map { .item($0) } }

    @Test("A masked-language model of transformers scores its items as the library does")
    func huggingFace() async throws {
        struct Text: Decodable {
            var ids: [Int]
            var logits: [Float]
        }
        let recommender = try await Self.hugging()
        #expect(recommender.catalogue.items.count == 328)
        #expect(recommender.historyLimit == 39)
        let data = try Data(contentsOf: Repository.fixture("inference/tf_bert4rec/expected.json"))
        for text in try JSONDecoder().decode([Text].self, from: data) {
            #expect(text.ids.last == recommender.catalogue.maskToken)
            let history = try text.ids.dropLast().map { token in
                HistorySlot.item(try #require(recommender.catalogue.index(ofToken: token)))
            }
            #expect(recommender.query(history).ids == text.ids)
            let row = text.logits[((text.ids.count - 1) * 333)...]
            let expected = recommender.catalogue.items.map { row[row.startIndex + $0.token] }
            let scores = try recommender.scores([history])[0]
            #expect(disagreement(of: scores, with: expected, within: 1e-4) == nil)
        }
    }

    @Test("A masked model predicts behind the history, of which it sees the last items")
    func maskedInputs() async throws {
        let recommender = try await Self.recommender("recbole_bert4rec")
        #expect(recommender.historyLimit == 5)
        let short = recommender.query(Self.items(0..<2))
        #expect(short == RecommenderInput(ids: [1, 2, 25], slots: [0, 1], target: 2))
        let long = recommender.query(Self.items(0..<9))
        #expect(long == RecommenderInput(ids: [5, 6, 7, 8, 9, 25], slots: [0, 1, 2, 3, 4], target: 5))
        let abduction = recommender.abduction(Self.items(0..<9), recommended: 20)
        #expect(abduction == RecommenderInput(ids: [5, 6, 7, 8, 9, 21], slots: [0, 1, 2, 3, 4], target: 5))
        let holes = recommender.query([.item(0), .mask, .padding, .item(3)])
        #expect(holes.ids == [1, 25, 0, 4, 25])
        #expect(recommender.query([]) == RecommenderInput(ids: [25], slots: [], target: 0))
    }

    @Test(
        "A causal model predicts at the last item; the recommended one stands behind it and may push one out")
    func causalInputs() async throws {
        let recommender = try await Self.recommender("recbole_sasrec")
        #expect(recommender.historyLimit == 6)
        #expect(
            recommender.query(Self.items(0..<2)) == RecommenderInput(ids: [1, 2], slots: [0, 1], target: 1))
        let full = recommender.abduction(Self.items(0..<6), recommended: 20)
        #expect(full == RecommenderInput(ids: [2, 3, 4, 5, 6, 21], slots: [0, 1, 2, 3, 4], target: 5))
        // It has no mask.
        #expect(recommender.query([.item(0), .mask, .item(3)]).ids == [1, 0, 4])
    }

    @Test("Padding that is attended to fills the window in front, and is no slot")
    func attendedPadding() async throws {
        for name in ["sasrec_pytorch_2020", "sasrec_pytorch_2024"] {
            let recommender = try await Self.recommender(name)
            let query = recommender.query(Self.items(0..<2))
            #expect(query == RecommenderInput(ids: [0, 0, 0, 0, 1, 2], slots: [4, 5], target: 5))
            let logits = try recommender.model.logits([query.ids, [1, 2]], at: [[5], [1]])
            #expect(disagreement(of: logits[0], with: logits[1], within: 1e-2) != nil, "it counts")
            let abduction = recommender.abduction(Self.items(0..<2), recommended: 20)
            #expect(abduction == RecommenderInput(ids: [0, 0, 0, 1, 2, 21], slots: [3, 4], target: 5))
            #expect(
                recommender.query([])
                    == RecommenderInput(ids: [0, 0, 0, 0, 0, 0], slots: [], target: 5))
        }
    }

    @Test("A recommendation of a batch is the same as alone, whatever the others are")
    func batches() async throws {
        for name in RecommenderCase.names {
            let recommender = try await Self.recommender(name)
            let histories = [Self.items(0..<1), Self.items(3..<12), [.item(2), .padding, .mask, .item(7)]]
            let together = try recommender.scores(histories)
            for (history, scores) in zip(histories, together) {
                #expect(try recommender.scores([history]) == [scores], "\(name)")
            }
        }
    }

    @Test("A classifier recommends nothing; a recommender needs its items, and a mask or padding")
    func refusals() async throws {
        let classifier = Repository.fixture("models/tf_bert_seqcls/model").path
        await #expect(throws: ExplanationError.noRecommender(model: classifier)) {
            try await Recommender(ModelFolder(at: classifier))
        }
        let folder = try TemporaryFolder()
        let model = folder / "model"
        try FileManager.default.copyItem(at: RecommenderCase.folder("recbole_bert4rec"), to: model)
        let items = model.appending(path: ItemCatalogue.fileName)
        try FileManager.default.removeItem(at: items)
        let missing = await #expect(throws: LoaderError.self) {
            try await Recommender(ModelFolder(at: model.path))
        }
        #expect(missing?.description.contains("items.json is missing") == true)
        let config = model.appending(path: "config.json")
        let text = try String(contentsOf: config, encoding: .utf8)
        try Data(text.replacing(#""mask_token_id": 25,"#, with: "").utf8).write(to: config)
        try Data(#"{"schema":"whence.items/1","items":[{"id":"a","token":1}]}"#.utf8).write(to: items)
        let maskless = await #expect(throws: LoaderError.self) {
            try await Recommender(ModelFolder(at: model.path))
        }
        #expect(maskless?.description.contains("special.mask: expected the token that") == true)
    }
}
