internal import Foundation

/// SHA-256 of files.
enum FileDigest {
    /// The digest of the files' contents one after another, as lower-case hexadecimal.
    ///
    /// - Throws: `missing` or `unreadable` for a file, `library` if libcrypto fails.
    /// - Complexity: O(bytes); memory for one block.
    static func sha256(of paths: [String]) throws(LoaderError) -> String {
        let digest = try RunningDigest(path: paths.first ?? "")
        for path in paths { try update(digest, withContentsOf: path) }
        return try digest.finish()
    }

    private static func update(_ digest: RunningDigest, withContentsOf path: String) throws(LoaderError) {
        _ = try InputFile.byteCount(path, what: "the weights file")
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw .unreadable(path: path, reason: "it cannot be opened")
        }
        defer { try? file.close() }
        while true {
            let block: Data?
            do {
                block = try file.read(upToCount: 1 << 20)
            } catch {
                throw .unreadable(path: path, reason: error.localizedDescription)
            }
            guard let block, !block.isEmpty else { return }
            try digest.update(block)
        }
    }
}
