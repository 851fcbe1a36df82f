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
        self.path = path
        // Without waiting for whoever writes to a pipe; what was opened is looked at, not what lay there before.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        let reason = errno
        guard descriptor >= 0 else {
            byteCount = 0
            switch reason {
            case ENOENT, ENOTDIR: throw .missing(path: path, what: what, hint: "Check the path.")
            case EACCES: throw .unreadable(path: path, reason: "permission denied")
            default: throw .unreadable(path: path, reason: String(cString: strerror(reason)).lowercased())
            }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            byteCount = 0
            throw .unreadable(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
        byteCount = Int(status.st_size)
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .invalid(
                path: path, place: "path", expected: "a file", found: "a folder",
                hint: "Name a file inside it.")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "it is not a regular file")
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
            guard count >= 0 else {
                throw .unreadable(path: path, reason: String(cString: strerror(errno)).lowercased())
            }
            guard count > 0 else {
                throw .invalid(
                    path: path, place: place, expected: counted(target.count, "byte"),
                    found: counted(filled, "byte"),
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
