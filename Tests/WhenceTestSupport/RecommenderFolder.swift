public import Foundation

/// A folder with a small random recommender of films: the weights of `Tests/Fixtures/inference/tf_bert4rec` with the
/// catalogue of `Tests/Fixtures/recommendation/flips`.
///
/// 328 items with the ids 500 to 827 in the order of their tokens; a history of at most 39 is seen.
public final class RecommenderFolder: Sendable {
    private let folder: TemporaryFolder
    /// Where it lies.
    public var url: URL { folder / "recommender" }

    /// Puts the folder together.
    public init() throws {
        folder = try TemporaryFolder()
        let manager = FileManager.default
        try manager.createDirectory(at: url, withIntermediateDirectories: true)
        for file in ["inference/tf_bert4rec/config.json", "inference/tf_bert4rec/tf_model.h5"] {
            let source = Repository.fixture(file)
            try manager.copyItem(at: source, to: url.appending(path: source.lastPathComponent))
        }
        try manager.copyItem(
            at: Repository.fixture("recommendation/flips/items.json"), to: url.appending(path: "items.json"))
    }
}
