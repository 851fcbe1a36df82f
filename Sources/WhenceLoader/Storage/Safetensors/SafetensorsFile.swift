internal import Foundation

/// A safetensors file open for reading; closed when the last reference goes.
///
/// Eight bytes that say how long the header is, little-endian; the header, a JSON object with type, shape and place
/// of every tensor; then the elements, little-endian and row-major.
/// - Note: https://huggingface.co/docs/safetensors, *Format*.
final class SafetensorsFile: Sendable {
    /// Where the file lies.
    let path: String
    /// Its length in bytes when it was opened.
    let byteCount: Int
    let header: SafetensorsHeader
    /// Stays open from `init` to `deinit`; reading at an offset does not move it.
    let descriptor: Int32

    /// Whether a file is one of these by its name.
    static func isNamedSo(_ path: String) -> Bool {
        path.hasSuffix(".safetensors")
    }

    /// Opens a file and reads its header.
    ///
    /// - Throws: `missing` or `unreadable` for the file itself; `invalid` for a header that is cut, damaged, or
    ///   places tensors where the file has none; `unsupported` for weights that Flax wrote.
    init(_ path: String) throws(LoaderError) {
        let length = try InputFile.byteCount(path, what: "the weights file")
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .unreadable(path: path, reason: String(cString: strerror(errno))) }
        do {
            header = try SafetensorsHeader(from: opened, path: path, byteCount: length)
        } catch {
            close(opened)
            throw error
        }
        (self.path, byteCount, descriptor) = (path, length, opened)
    }

    deinit { close(descriptor) }

    /// Every tensor in the order of its place in the file.
    func datasets() -> [StoredTensor] { header.tensors }

    /// Fills `target` with the bytes at an offset.
    ///
    /// - Throws: `unreadable`, or `invalid` if the file ends before.
    static func read(
        _ descriptor: Int32, at offset: Int, into target: UnsafeMutableRawBufferPointer, path: String,
        place: String
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
}
