/// Bytes in their order: of a file, of a pipe, or of something that unpacks another source.
protocol ByteSource: AnyObject {
    /// The share of the file that has been read, 0…1; `nil` where its size is not known.
    var share: Double? { get }

    /// Whether ``read(into:)`` returns without waiting for whoever writes.
    var isReady: Bool { get }

    /// Reads the next bytes, as many as are at hand.
    ///
    /// - Parameter buffer: not empty; its start is filled.
    /// - Returns: how many bytes there are now; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteFault) -> Int
}

/// Why bytes cannot be read on.
enum ByteFault: Error, Hashable {
    /// The system refuses.
    case unreadable(String)
    /// The file is not what its start says that it is: what is wrong, as a sentence.
    case broken(String)
}

/// A piece of memory that sources read into.
final class ByteBlock {
    /// The bytes.
    let buffer: UnsafeMutableRawBufferPointer

    init(size: Int) { buffer = .allocate(byteCount: size, alignment: 16) }

    deinit { buffer.deallocate() }
}
