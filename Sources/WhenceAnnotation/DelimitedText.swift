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
    private let delimiter: UInt8
    private var place = 0
    private var line = 1

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: `-` reads the standard input.
    ///   - delimiter: An ASCII character that is neither a quote nor a line break.
    /// - Throws: `AnnotationError` for a file that cannot be read or is not UTF-8.
    public init(path: String, delimiter: Character = ",") throws(AnnotationError) {
        self.init(try TextFile.read(path), name: path == "-" ? "standard input" : path, delimiter: delimiter)
    }

    /// Reads a text.
    ///
    /// - Precondition: `delimiter` is an ASCII character that is neither a quote nor a line break.
    public init(_ text: String, name: String, delimiter: Character = ",") {
        guard let delimiter = delimiter.asciiValue, delimiter != Self.quote, !Self.endsLine(delimiter) else {
            preconditionFailure("no delimiter of fields: \(delimiter)")
        }
        self.name = name
        self.delimiter = delimiter
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    /// The next record; `nil` after the last.
    ///
    /// - Throws: `AnnotationError.line` for a quoted field without an end, or with text after its end.
    public mutating func next() throws(AnnotationError) -> Record? {
        while place < bytes.count, Self.endsLine(bytes[place]) { passLineEnd() }
        guard place < bytes.count else { return nil }
        var record = Record(line: line, fields: [])
        while true {
            record.fields.append(try field())
            guard place < bytes.count, bytes[place] == delimiter else { break }
            place += 1
        }
        if place < bytes.count { passLineEnd() }
        return record
    }

    /// Reads a field and stops at the delimiter or line end after it.
    private mutating func field() throws(AnnotationError) -> String {
        let start = place
        passBlanks()
        if place < bytes.count, bytes[place] == Self.quote { return try quotedField() }
        while place < bytes.count, bytes[place] != delimiter, !Self.endsLine(bytes[place]) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func quotedField() throws(AnnotationError) -> String {
        let firstLine = line
        place += 1
        var value: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Self.quote {
                place += 1
                guard place < bytes.count, bytes[place] == Self.quote else {
                    try endQuotedField()
                    return String(decoding: value, as: UTF8.self)
                }
            } else if Self.endsLine(byte) {
                let start = place
                passLineEnd()
                value += bytes[start..<place]
                continue
            }
            value.append(byte)
            place += 1
        }
        throw .line(
            path: name, line: firstLine,
            reason: "a quoted field starts here and never ends; a quote inside a quoted field is doubled.")
    }

    private mutating func endQuotedField() throws(AnnotationError) {
        passBlanks()
        guard place == bytes.count || bytes[place] == delimiter || Self.endsLine(bytes[place]) else {
            throw .line(
                path: name, line: line,
                reason: "text follows the end of a quoted field; a quote inside a quoted field is doubled.")
        }
    }

    private mutating func passBlanks() {
        while place < bytes.count, bytes[place] == UInt8(ascii: " "), delimiter != bytes[place] { place += 1 }
    }

    private mutating func passLineEnd() {
        let isCarriageReturn = bytes[place] == UInt8(ascii: "\r")
        place += 1
        if isCarriageReturn, place < bytes.count, bytes[place] == UInt8(ascii: "\n") { place += 1 }
        line += 1
    }

    private static let quote = UInt8(ascii: "\"")

    @inline(__always)
    private static func endsLine(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
