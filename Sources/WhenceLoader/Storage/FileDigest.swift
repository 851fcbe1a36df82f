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
        let file = try OpenFile(path, what: "the weights file")
        let blockSize = 1 << 18
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(blockSize, file.byteCount), alignment: 64)
        defer { block.deallocate() }
        for start in stride(from: 0, to: file.byteCount, by: blockSize) {
            let part = UnsafeMutableRawBufferPointer(
                rebasing: block[..<min(blockSize, file.byteCount - start)])
            try file.read(at: start, into: part, place: "contents")
            try digest.update(UnsafeRawBufferPointer(part))
        }
    }
}
