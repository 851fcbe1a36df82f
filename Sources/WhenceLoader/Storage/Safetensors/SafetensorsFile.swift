/// A safetensors file open for reading; closed when the last reference goes.
///
/// Eight bytes that say how long the header is, little-endian; the header, a JSON object with type, shape and place
/// of every tensor; then the elements, little-endian and row-major.
/// - Note: https://huggingface.co/docs/safetensors, *Format*.
final class SafetensorsFile: Sendable {
    let file: OpenFile
    let header: SafetensorsHeader

    /// Where the file lies.
    var path: String { file.path }
    /// Its length in bytes when it was opened.
    var byteCount: Int { file.byteCount }

    /// Whether a file is one of these by its name.
    static func isNamedSo(_ path: String) -> Bool {
        path.hasSuffix(".safetensors")
    }

    /// Opens a file and reads its header.
    ///
    /// - Throws: `missing` or `unreadable` for the file itself; `invalid` for a header that is cut, damaged, or
    ///   places tensors where the file has none; `unsupported` for weights that Flax wrote.
    init(_ path: String) throws(LoaderError) {
        file = try OpenFile(path, what: "the weights file")
        header = try SafetensorsHeader(of: file)
    }

    /// Every tensor in the order of its place in the file.
    func datasets() -> [StoredTensor] { header.tensors }
}
