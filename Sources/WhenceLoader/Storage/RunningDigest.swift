internal import COpenSSL
package import Foundation

/// SHA-256 of bytes that come piece by piece.
package final class RunningDigest {
    private let path: String
    private let context: OpaquePointer

    /// Starts.
    ///
    /// - Parameter path: what errors name.
    /// - Throws: `LoaderError.library` if libcrypto fails.
    package init(path: String) throws(LoaderError) {
        self.path = path
        guard let context = EVP_MD_CTX_new() else { throw Self.failure(path) }
        self.context = context
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { throw Self.failure(path) }
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes in bytes.
    ///
    /// - Throws: `LoaderError.library` if libcrypto fails.
    package func update(_ bytes: Data) throws(LoaderError) {
        guard bytes.withUnsafeBytes(takesIn) else { throw Self.failure(path) }
    }

    /// Takes in bytes.
    ///
    /// - Throws: `LoaderError.library` if libcrypto fails.
    func update(_ bytes: UnsafeRawBufferPointer) throws(LoaderError) {
        guard takesIn(bytes) else { throw Self.failure(path) }
    }

    private func takesIn(_ bytes: UnsafeRawBufferPointer) -> Bool {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    }

    /// The digest as lower-case hexadecimal; nothing can be taken in afterwards.
    ///
    /// - Throws: `LoaderError.library` if libcrypto fails.
    package func finish() throws(LoaderError) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &digest, &length) == 1 else { throw Self.failure(path) }
        return digest.prefix(Int(length)).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
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
