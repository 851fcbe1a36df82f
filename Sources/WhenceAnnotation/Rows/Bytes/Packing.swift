/// How the bytes of a file are packed, as its first bytes tell, whatever it is called.
enum Packing {
    case plain
    case gzip
    case zstd

    /// The bytes of a file, unpacked; `-` is the standard input.
    ///
    /// - Parameter stop: makes reading a pipe fail once it is made.
    /// - Throws: `AnnotationError.missing`, `.unreadable`; `.format` for a packing or encoding that is not read.
    static func open(_ path: String, stop: StopRequest? = nil) throws(AnnotationError) -> any ByteSource {
        let file = try FileBytes(path: path, stop: stop)
        do throws(ByteFault) {
            switch try Self(of: file.peek(signatureLength)) {
            case .plain: return file
            case .gzip: return try GzipBytes(file)
            case .zstd: return try ZstdBytes(file)
            }
        } catch {
            throw error.annotationError(name: TextFile.name(path), line: nil)
        }
    }

    /// A path without the ending that says how it is packed.
    static func unpackedName(_ path: String) -> Substring {
        for ending in [".gz", ".zst", ".zstd"] where path.lowercased().hasSuffix(ending) {
            return path.dropLast(ending.count)
        }
        return path[...]
    }

    private static let signatureLength = 10

    private init(of start: [UInt8]) throws(ByteFault) {
        if start.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Self.isSkippableFrame(start) {
            self = .zstd
        } else if let hint = Self.hint(start) {
            throw .broken(hint)
        } else {
            self = .plain
        }
    }

    /// A frame without content, with which some zstd programs begin (RFC 8878, §3.1.2).
    private static func isSkippableFrame(_ start: [UInt8]) -> Bool {
        start.count >= 4 && start[0] & 0xF0 == 0x50 && start[1...].starts(with: [0x2A, 0x4D, 0x18])
    }

    /// What to do about a file that is certainly no text in UTF-8.
    private static func hint(_ start: [UInt8]) -> String? {
        if start.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return "it is a ZIP archive; unpack it first." }
        if start.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            return "it is compressed with xz; unpack it first (xz -d), or pack it with gzip or zstd."
        }
        if start.starts(with: [0x42, 0x5A, 0x68]), start.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26]) {
            return "it is compressed with bzip2; unpack it first (bzip2 -d), or pack it with gzip or zstd."
        }
        if start.starts(with: [0x50, 0x41, 0x52, 0x31, 0x15]) {
            return "it is a Parquet file; write it as JSON lines or CSV first."
        }
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            return "it is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)."
        }
        return nil
    }
}

extension ByteFault {
    /// The fault with its place.
    ///
    /// - Parameter line: the line of the unpacked text at which the reading ended, if there is one.
    func annotationError(name: String, line: Int?) -> AnnotationError {
        switch (self, line) {
        case (.unreadable(let reason), _): .unreadable(path: name, reason: reason)
        case (.broken(let reason), let line?): .line(path: name, line: line, reason: reason)
        case (.broken(let reason), nil): .format(path: name, reason: reason)
        }
    }
}
