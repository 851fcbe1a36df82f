import Foundation
import WhenceTestSupport

@testable import WhenceAnnotation

/// A folder of small files.
struct DatasetFiles {
    private let folder: TemporaryFolder

    /// Writes files; a text is written in UTF-8.
    init(_ files: [String: String], bytes: [String: [UInt8]] = [:]) throws {
        folder = try TemporaryFolder()
        for (name, text) in files { try Data(text.utf8).write(to: folder / name) }
        for (name, content) in bytes { try Data(content).write(to: folder / name) }
    }

    /// The folder.
    var path: String { folder.url.path }

    /// A file in it.
    func callAsFunction(_ name: String) -> String { (folder / name).path }
}

extension InteractionDataset {
    /// `user: item item`, a line a user.
    var histories: [String] {
        users.indices.map { user in
            "\(users[user]): " + history(user).map { items[$0].id }.joined(separator: " ")
        }
    }

    /// `id title`, a line an item.
    var titles: [String] { items.map { "\($0.id) \($0.title ?? "-")" } }
}
