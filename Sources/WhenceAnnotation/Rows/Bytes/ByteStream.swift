internal import Foundation

/// The bytes of a text, unpacked and read in blocks, so that it may be larger than the memory.
struct ByteStream {
    /// The file's name in messages.
    let name: String
    /// What is read and not yet passed; a byte-order mark at the start of the text is left out.
    private(set) var bytes: [UInt8] = []
    /// Whether `bytes` reaches the end of the text.
    private(set) var isAtEnd = false

    private let source: any ByteSource
    private let block: ByteBlock
    private var isAtStart = true
    /// How many bytes were read in all.
    private var count = 0
    private static let blockSize = 1 << 20

    /// Opens a file, plain or packed with gzip or zstd.
    ///
    /// - Parameters:
    ///   - path: `-` reads the standard input.
    ///   - stop: makes reading a pipe fail once it is made.
    /// - Throws: `AnnotationError.missing`, `.unreadable`, `.format`.
    init(path: String, stop: StopRequest? = nil) throws(AnnotationError) {
        self.init(try Packing.open(path, stop: stop), name: TextFile.name(path))
    }

    /// Reads a source.
    init(_ source: any ByteSource, name: String, blockSize: Int = ByteStream.blockSize) {
        self.source = source
        self.name = name
        block = ByteBlock(size: blockSize)
    }

    /// Whether more can be read without waiting for whoever writes.
    var isReady: Bool { isAtEnd || source.isReady }

    /// The share of the text that is passed, as far as it can be told, when the bytes before `place` are dealt with.
    func progress(at place: Int) -> Double? {
        guard let share = source.share else { return nil }
        return count == 0 ? share : share * Double(count - bytes.count + place) / Double(count)
    }

    /// Drops the first bytes, which are dealt with, and reads on.
    ///
    /// - Parameters:
    ///   - passed: how many bytes are dropped.
    ///   - line: the line on which the first of the others stands.
    /// - Throws: `AnnotationError.unreadable`; `.line` with the line at which a packed file is damaged.
    mutating func advance(passing passed: Int, line: Int) throws(AnnotationError) {
        bytes.removeFirst(passed)
        guard !isAtEnd else { return }
        // A long record is not looked through again and again: it at least doubles each time.
        var wanted = isAtStart ? 3 : bytes.count < block.buffer.count ? 1 : bytes.count
        while wanted > 0, !isAtEnd {
            let found: Int
            do throws(ByteFault) { found = try source.read(into: block.buffer) } catch {
                let breaks = bytes.count { $0 == UInt8(ascii: "\n") }
                isAtEnd = true
                bytes = []
                throw error.annotationError(name: name, line: line + breaks)
            }
            isAtEnd = found == 0
            count += found
            wanted -= found
            bytes += block.buffer[..<found]
            // Only where a byte-order mark may have begun is its end waited for.
            if isAtStart, let first = bytes.first, first != 0xEF { break }
        }
        if isAtStart {
            isAtStart = false
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        }
    }
}
