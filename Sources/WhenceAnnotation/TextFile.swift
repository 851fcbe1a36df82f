import Foundation

/// A text file in UTF-8, read whole.
public enum TextFile {
    /// The text of a file, unpacked if it is packed with gzip or zstd, without a byte-order mark.
    ///
    /// - Parameter path: `-` reads the standard input.
    /// - Throws: `AnnotationError.missing`, `.unreadable`, `.format`, or `.line` with the place of the first byte that
    ///   is not UTF-8, or at which a packed file is damaged.
    public static func read(_ path: String) throws(AnnotationError) -> String {
        var stream = try ByteStream(path: path)
        while !stream.isAtEnd { try stream.advance(passing: 0, line: 1) }
        let bytes = stream.bytes
        guard let invalid = bytes.withUnsafeBufferPointer(UTF8Check.firstInvalid) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        let line = bytes[..<invalid].count { $0 == UInt8(ascii: "\n") } + 1
        let byte = String(bytes[invalid], radix: 16, uppercase: true)
        throw .line(
            path: name(path), line: line,
            reason:
                "the byte 0x\(byte) at offset \(invalid) is not valid UTF-8. Convert the file to UTF-8 first."
        )
    }

    /// What a message calls a file.
    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// Refuses a path at which no file lies.
    ///
    /// - Throws: `AnnotationError.missing`; `.unreadable` for a folder.
    static func checkIsFile(_ path: String) throws(AnnotationError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path)
        }
        guard !isFolder.boolValue else { throw .unreadable(path: path, reason: "it is a folder") }
    }
}
