internal import Foundation

/// The lines of a text, one after the other; the memory holds a block of it.
///
/// A line ends with LF or CR LF; a line break at the very end starts no line.
struct LineCursor {
    /// What a step found.
    enum Outcome {
        /// A line.
        case line
        /// A line that is longer than rows may be, and is passed over.
        case tooLong
        /// There are no more lines.
        case end
    }

    /// The number of the last line, counted from 1.
    private(set) var line = 0
    /// The stream that is read.
    private(set) var stream: ByteStream
    /// The most bytes of a line.
    let limit: Int
    /// The last line in the stream's bytes, without its end.
    private var range = 0..<0
    /// Where the next line starts.
    private var place = 0

    /// Reads a stream from its start.
    ///
    /// - Parameter limit: the most bytes of a line.
    init(_ stream: ByteStream, limit: Int = RowReader.byteLimit) {
        self.stream = stream
        self.limit = limit
    }

    /// The share of the text that is passed.
    var progress: Double? { stream.progress(at: place) }
    /// Whether there is a line, or more to read, without waiting.
    var isReady: Bool { stream.isReady || firstBreak(from: place) != nil }

    /// Goes to the next line.
    ///
    /// - Throws: `AnnotationError` if the file cannot be read on.
    mutating func next() throws(AnnotationError) -> Outcome {
        var searched = place
        while true {
            if let end = firstBreak(from: searched) {
                return step(to: end, past: end + 1)
            }
            let count = stream.bytes.count
            if stream.isAtEnd {
                return place == count ? .end : step(to: count, past: count)
            }
            // CR LF may still follow a line of just the limit.
            guard count - place <= limit + 1 else { return try passLongLine() }
            searched = count - place
            try stream.advance(passing: place, line: line + 1)
            place = 0
        }
    }

    /// Hands out the bytes of the last line.
    func withBytes<Value, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try stream.bytes.withUnsafeBufferPointer { bytes throws(Failure) in
            try body(UnsafeBufferPointer(rebasing: bytes[range]))
        }
    }

    private mutating func step(to end: Int, past next: Int) -> Outcome {
        line += 1
        range = place..<end
        if let last = range.last, stream.bytes[last] == UInt8(ascii: "\r") { range = place..<last }
        place = next
        return range.count > limit ? .tooLong : .line
    }

    private mutating func passLongLine() throws(AnnotationError) -> Outcome {
        line += 1
        range = 0..<0
        while true {
            try stream.advance(passing: stream.bytes.count, line: line)
            if let end = firstBreak(from: 0) {
                place = end + 1
                return .tooLong
            }
            if stream.isAtEnd {
                place = stream.bytes.count
                return .tooLong
            }
        }
    }

    private func firstBreak(from start: Int) -> Int? {
        stream.bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, start < bytes.count,
                let found = memchr(base + start, 0x0A, bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}
