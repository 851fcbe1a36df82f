internal import COpenSSL
internal import Foundation

/// SHA-256 of files.
enum FileDigest {
    /// The digest of the files' contents one after another, as lower-case hexadecimal.
    ///
    /// - Throws: `missing` or `unreadable` for a file, `library` if libcrypto fails.
    /// - Complexity: O(bytes); memory for one block.
    static func sha256(of paths: [String]) throws(LoaderError) -> String {
        let first = paths.first ?? ""
        guard let context = EVP_MD_CTX_new() else { throw failure(first) }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw failure(first) }
        for path in paths {
            try update(context, withContentsOf: path)
        }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &digest, &length) == 1 else { throw failure(first) }
        return digest.prefix(Int(length)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    private static func update(_ context: OpaquePointer, withContentsOf path: String) throws(LoaderError) {
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
            let status = block.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
            guard status == 1 else { throw failure(path) }
        }
    }

    /// The oldest entry of libcrypto's error queue, which is the cause of the others; the queue is emptied.
    private static func failure(_ path: String) -> LoaderError {
        let code = ERR_get_error()
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        ERR_clear_error()
        return .library(
            path: path, operation: "computing SHA-256", code: Int(clamping: code),
            message: String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}
