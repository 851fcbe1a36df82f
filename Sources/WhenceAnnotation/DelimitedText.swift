/// A delimited text, read record by record: CSV as RFC 4180 has it, or the same with another delimiter.
///
/// A field in double quotes may hold delimiters, line breaks and doubled quotes; blanks around the quotes are
/// dropped. A quote inside a field that does not start with one is a character like any other. Records end with LF,
/// CR LF or CR. A byte-order mark at the start and empty lines are passed over.
/// - Note: RFC 4180, *Common Format and MIME Type for CSV Files*, §2.
public struct DelimitedText: Sendable {
    /// One record.
    public struct Record: Sendable, Hashable {
        /// The line on which it starts, counted from 1.
        public var line: Int
        /// The fields, without their quotes.
        public var fields: [String]
    }

    /// The file's name in messages.
    public let name: String
    private let bytes: [UInt8]
    private var scanner: RecordScanner

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: `-` reads the standard input.
    ///   - delimiter: An ASCII character that is neither a quote nor a line break.
    /// - Throws: `AnnotationError` for a file that cannot be read or is not UTF-8.
    public init(path: String, delimiter: Character = ",") throws(AnnotationError) {
        self.init(try TextFile.read(path), name: TextFile.name(path), delimiter: delimiter)
    }

    /// Reads a text.
    ///
    /// - Precondition: `delimiter` is an ASCII character that is neither a quote nor a line break.
    public init(_ text: String, name: String, delimiter: Character = ",") {
        guard let byte = delimiter.asciiValue, delimiter != "\"", !RecordScanner.endsLine(byte) else {
            preconditionFailure("no delimiter of fields: \(delimiter)")
        }
        self.name = name
        scanner = RecordScanner(separator: .quoted(byte))
        let bytes = Array(text.utf8)
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// The next record; `nil` after the last.
    ///
    /// - Throws: `AnnotationError.line` for a quoted field without an end, or with text after its end.
    public mutating func next() throws(AnnotationError) -> Record? {
        switch bytes.withUnsafeBufferPointer({ scanner.next(in: $0, isWhole: true) }) {
        case .record: break
        case .broken(let line, let reason): throw .line(path: name, line: line, reason: reason)
        case .incomplete, .end: return nil
        }
        let fields = scanner.fields.map { field in
            let content = bytes[field.range]
            return field.hasDoubledQuotes
                ? String(decoding: RecordScanner.undoubled(content), as: UTF8.self)
                : String(decoding: content, as: UTF8.self)
        }
        return Record(line: scanner.recordLine, fields: fields)
    }
}
