internal import Foundation

/// The bytes of a file, read in blocks, so that a file may be larger than the memory.
struct ByteStream {
    /// The file's name in messages.
    let name: String
    /// What is read and not yet passed; a byte-order mark at the start of the file is left out.
    private(set) var bytes: [UInt8] = []
    /// Whether `bytes` reaches the end of the file.
    private(set) var isAtEnd = false

    private let handle: FileHandle
    private var isAtStart = true
    private static let blockSize = 1 << 20
    /// The longest record: a file without line breaks is no data set, and would fill the memory.
    private static let recordLimit = 1 << 26

    /// Opens a file.
    ///
    /// - Parameter path: `-` reads the standard input.
    /// - Throws: `AnnotationError.missing`, `.unreadable`.
    init(path: String) throws(AnnotationError) {
        name = TextFile.name(path)
        guard path != "-" else {
            handle = .standardInput
            return
        }
        try TextFile.checkIsFile(path)
        do { handle = try FileHandle(forReadingFrom: URL(filePath: path)) } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    /// Drops the first bytes, which are dealt with, and reads on.
    ///
    /// - Parameters:
    ///   - passed: how many bytes are dropped.
    ///   - line: the line that an error names.
    mutating func advance(passing passed: Int, line: Int) throws(AnnotationError) {
        bytes.removeFirst(passed)
        guard bytes.count < Self.recordLimit else {
            throw .line(
                path: name, line: line,
                reason: "more than \(Self.recordLimit >> 20) MiB without a line break; this is no data set.")
        }
        do {
            // At least as much as there is, so that a long record is not looked through again and again.
            let block = try handle.read(upToCount: max(Self.blockSize, bytes.count)) ?? Data()
            isAtEnd = block.isEmpty
            bytes += block
        } catch {
            throw .unreadable(path: name, reason: error.localizedDescription)
        }
        if isAtStart, bytes.count >= 3 || isAtEnd {
            isAtStart = false
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        }
    }
}
