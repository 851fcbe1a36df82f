internal import Foundation
internal import WhenceLoader

extension InputIdentity {
    /// What was read of a data set of interactions, whichever files it came from: users, their histories, in order.
    ///
    /// - Throws: `AnnotationError.unreadable`.
    public init(_ dataset: InteractionDataset) throws(AnnotationError) {
        var bytes = 0
        do throws(LoaderError) {
            let digest = try RunningDigest(path: dataset.path)
            for user in dataset.users.indices {
                let items = dataset.history(user).map { dataset.items[$0].id }
                let line = Data(([dataset.users[user]] + items).joined(separator: "\u{0}").utf8) + [0x0A]
                bytes += line.count
                try digest.update(line)
            }
            self.init(
                path: dataset.path, fileCount: 1, byteCount: bytes,
                sha256: try digest.finish())
        } catch {
            throw .unreadable(path: dataset.path, reason: "\(error)")
        }
    }
}
