/// The records of a delimited file, one after the other; the memory holds a block of the file.
struct RecordReader {
    /// How the bytes of a text are to be read.
    enum Encoding: Sendable, Hashable {
        /// UTF-8; anything else is an error.
        case utf8
        /// UTF-8, or ISO 8859-1 where it is not: the titles of MovieLens 100K and 1M.
        case utf8OrLatin1
    }

    /// The file's name in messages.
    var name: String { stream.name }
    /// The line on which the last record starts, counted from 1.
    var line: Int { scanner.recordLine }
    /// Number of fields of the last record.
    var fieldCount: Int { scanner.fields.count }

    private var stream: ByteStream
    private var scanner: RecordScanner
    /// The longest record: a file without line breaks is no data set, and would fill the memory.
    private static let recordLimit = 1 << 26

    /// Opens a file; `-` is the standard input.
    init(path: String, separator: RecordScanner.Separator) throws(AnnotationError) {
        stream = try ByteStream(path: path)
        scanner = RecordScanner(separator: separator)
    }

    /// Goes to the next record; `false` after the last.
    mutating func next() throws(AnnotationError) -> Bool {
        while true {
            let outcome = stream.bytes.withUnsafeBufferPointer { bytes in
                scanner.next(in: bytes, isWhole: stream.isAtEnd)
            }
            switch outcome {
            case .record: return true
            case .end: return false
            case .broken(let line, let reason): throw .line(path: name, line: line, reason: reason)
            case .incomplete:
                guard stream.bytes.count - scanner.place < Self.recordLimit else {
                    throw .line(
                        path: name, line: scanner.line,
                        reason:
                            "more than \(Self.recordLimit >> 20) MiB without a line break; this is no data set."
                    )
                }
                try stream.advance(passing: scanner.place, line: scanner.line)
                scanner.rewind()
            }
        }
    }

    /// Hands out the bytes of a field, without blanks around them.
    func withBytes<Value>(
        _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(AnnotationError) -> Value
    ) throws(AnnotationError) -> Value {
        let field = scanner.fields[column]
        if field.hasDoubledQuotes {
            let plain = RecordScanner.undoubled(stream.bytes[field.range])
            return try plain.withUnsafeBufferPointer { bytes throws(AnnotationError) in
                try body(Self.trimmed(bytes))
            }
        }
        return try stream.bytes.withUnsafeBufferPointer { bytes throws(AnnotationError) in
            try body(Self.trimmed(UnsafeBufferPointer(rebasing: bytes[field.range])))
        }
    }

    /// A field as text, without blanks around it.
    ///
    /// - Throws: `AnnotationError.line` if it is not UTF-8.
    func text(_ column: Int) throws(AnnotationError) -> String {
        try withBytes(column) { bytes throws(AnnotationError) in try text(of: bytes, encoding: .utf8) }
    }

    /// The text from the start of one field to the end of another, with what divides them.
    ///
    /// - Throws: `AnnotationError.line` if it is not in the encoding.
    func text(_ columns: ClosedRange<Int>, encoding: Encoding) throws(AnnotationError) -> String {
        let range =
            scanner.fields[columns.lowerBound].range
            .lowerBound..<scanner.fields[columns.upperBound].range.upperBound
        return try stream.bytes.withUnsafeBufferPointer { bytes throws(AnnotationError) in
            try text(of: Self.trimmed(UnsafeBufferPointer(rebasing: bytes[range])), encoding: encoding)
        }
    }

    private func text(
        of bytes: UnsafeBufferPointer<UInt8>, encoding: Encoding
    ) throws(AnnotationError) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        guard encoding == .utf8OrLatin1 else { throw notUTF8(bytes) }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// All fields as texts.
    func texts() throws(AnnotationError) -> [String] {
        var texts: [String] = []
        for column in 0..<fieldCount { texts.append(try text(column)) }
        return texts
    }

    /// The error of a row that is not what it has to be.
    ///
    /// - Parameter expected: what belongs there.
    func error(expected: String, found column: Int? = nil) -> AnnotationError {
        let places = column.map { scanner.fields[$0].range } ?? whole
        let shown = String(decoding: stream.bytes[places].prefix(61), as: UTF8.self)
        let found = shown.utf8.count > 60 ? shown.prefix(57) + "…" : shown[...]
        return .line(
            path: name, line: line,
            reason: "expected \(expected), found "
                + (found.isEmpty ? "nothing." : "\u{201C}\(found)\u{201D}."))
    }

    /// The error of bytes that are not UTF-8.
    func notUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> AnnotationError {
        let byte = bytes.first { $0 >= 0x80 } ?? 0
        return .line(
            path: name, line: line,
            reason: "\u{201C}\(String(decoding: bytes.prefix(60), as: UTF8.self))\u{201D} is not valid UTF-8 "
                + "(byte 0x\(String(byte, radix: 16, uppercase: true))). Convert the file to UTF-8 first.")
    }

    /// The place of the last record.
    private var whole: Range<Int> {
        guard let first = scanner.fields.first, let last = scanner.fields.last else { return 0..<0 }
        return first.range.lowerBound..<last.range.upperBound
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
        while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }
}
