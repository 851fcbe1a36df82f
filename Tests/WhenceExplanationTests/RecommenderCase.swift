import Foundation
import WhenceExplanation
import WhenceLoader
import WhenceTestSupport

/// A small recommender of another library, exported, with the answers of the code that it came from.
struct RecommenderCase {
    /// One history and what the original code makes of it.
    struct History: Decodable {
        /// Ids of items, the oldest first.
        var history: [String]
        /// A score for each item of the catalogue.
        var scores: [Float]
        /// The best item that is not in the history, where attention is known.
        var recommended: String?
        /// `[heads, tokens, tokens]` of the last layer for the query.
        var attention: [[[Float]]]?
        /// The same for the abductive input.
        var abduction: [[[Float]]]?
    }

    let histories: [History]
    let recommender: Recommender

    /// What each case tells apart is written in `make.py`.
    static let names = [
        "bert4rec_vae", "keras_bert4rec_attended_behind", "keras_bert4rec_no_padding", "keras_hub_bert4rec",
        "keras_rs_sasrec", "keras_sasrec_masked_in_front", "recbole_bert4rec", "recbole_sasrec",
        "sasrec_pytorch_2020",
        "sasrec_pytorch_2024", "sasrec_pytorch_post_norm", "sasrec_pytorch_pre_norm",
    ]

    static func folder(_ name: String) -> URL { Repository.fixture("recommendation/models/\(name)") }

    init(_ name: String) async throws {
        let folder = Self.folder(name)
        let data = try Data(contentsOf: folder.appending(path: "expected.json"))
        histories = try JSONDecoder().decode([History].self, from: data)
        recommender = try await Recommender(ModelFolder(at: folder.path))
    }

    /// The history in the recommender's terms.
    func slots(_ history: History) throws -> [HistorySlot] {
        try history.history.map { .item(try index($0)) }
    }

    /// An item's index in the catalogue.
    func index(_ id: String) throws -> Int {
        guard let index = recommender.catalogue.index(ofID: id) else {
            throw CocoaError(.keyValueValidation, userInfo: ["item": id])
        }
        return index
    }
}

/// The indices of the largest scores, the largest first, ties by index.
func best(_ count: Int, of scores: [Float]) -> [Int] {
    Array(scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(count))
}
