internal import Foundation

/// A regular file open for reading at any place; closed when the last reference goes.
final class OpenFile: Sendable {
    /// Where the file lies.
    let path: String
    /// Its length in bytes when it was opened.
    let byteCount: Int
    /// Stays open from `init` to `deinit`; reading at an offset does not move it.
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: `missing`, `unreadable`, or `invalid` for a folder.
    init(_ path: String, what: String) throws(LoaderError) {
        byteCount = try InputFile.byteCount(path, what: what)
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Fills `target` with the bytes at an offset.
    ///
    /// - Parameter place: what they are, for the error's text.
    /// - Throws: `unreadable`, or `invalid` if the file ends before.
    func read(
        at offset: Int, into target: UnsafeMutableRawBufferPointer, place: String
    ) throws(LoaderError) {
        var filled = 0
        while filled < target.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: target[filled...])
            // Linux reads no more than this at once.
            let wanted = min(rest.count, 0x7fff_f000)
            let count = pread(descriptor, rest.baseAddress, wanted, off_t(offset + filled))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
            guard count > 0 else {
                throw .invalid(
                    path: path, place: place, expected: "\(target.count) bytes", found: "\(filled) bytes",
                    hint: "The file was cut short; fetch it again.")
            }
            filled += count
        }
    }

    /// The bytes at an offset.
    ///
    /// - Precondition: `offset + count` does not overflow; the caller has compared it with `byteCount`.
    /// - Throws: as `read(at:into:place:)`.
    func bytes(at offset: Int, count: Int, place: String) throws(LoaderError) -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled throws(LoaderError) in
            try read(
                at: offset, into: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count),
                place: place)
            filled = count
        }
    }
}
