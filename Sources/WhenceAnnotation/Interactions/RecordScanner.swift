/// Finds the fields of delimited records in a buffer of bytes, without copying them.
///
/// Records end with LF, CR LF or CR; empty lines are passed over. Quotes have the meaning of RFC 4180 where the
/// separator says so: a field in double quotes may hold separators, line breaks and doubled quotes; blanks around
/// the quotes are dropped, and a quote inside a field that does not start with one is a character like any other.
/// - Note: RFC 4180, *Common Format and MIME Type for CSV Files*, §2.
struct RecordScanner {
    /// What stands between two fields.
    enum Separator: Sendable, Hashable {
        /// An ASCII character; quotes have the meaning of RFC 4180.
        case quoted(UInt8)
        /// An ASCII character; quotes have no meaning.
        case literal(UInt8)
        /// `::`, as MovieLens 1M and 10M have it.
        case doubleColon
        /// Any number of spaces and tabs; those around the record are dropped.
        case blanks
        /// Nothing: a record is one field.
        case nothing
    }

    /// One field's place in the buffer.
    struct Field: Sendable, Hashable {
        /// Its bytes, without the quotes around it.
        var range: Range<Int>
        /// Whether two quotes in it stand for one.
        var hasDoubledQuotes = false
    }

    /// What a scan found.
    enum Outcome: Hashable {
        /// A record; its fields and its line are set.
        case record
        /// A record that is none, for a reason that is a sentence, on a line. `place` is where the record starts;
        /// ``passLine(in:isWhole:)`` goes on behind its first line.
        case broken(line: Int, reason: String)
        /// The buffer ends before the record does.
        case incomplete
        /// There are no more records.
        case end
    }

    /// The fields of the last record.
    private(set) var fields: [Field] = []
    /// The line on which the last record starts, counted from 1.
    private(set) var recordLine = 1
    /// The place behind the last record.
    private(set) var place = 0
    /// The line of `place`.
    private(set) var line = 1
    private let separator: Separator

    /// More fields than any table has: the memory holds a place for each.
    static let fieldLimit = 1 << 16

    /// Makes a scanner that stands at the start of a text.
    init(separator: Separator) { self.separator = separator }

    /// Forgets the bytes before `place`, which the caller has dropped from its buffer.
    mutating func rewind() { place = 0 }

    /// Finds the next record.
    ///
    /// - Parameters:
    ///   - bytes: the buffer, from which `place` counts.
    ///   - isWhole: whether the text ends where the buffer does.
    /// - Returns: `.broken` for a quoted field without an end, or with text after its end.
    mutating func next(in bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Outcome {
        while place < bytes.count, Self.endsLine(bytes[place]) {
            guard passLineEnd(bytes, isWhole: isWhole) else { return .incomplete }
        }
        guard place < bytes.count else { return isWhole ? .end : .incomplete }
        let start = (place, line)
        fields.removeAll(keepingCapacity: true)
        recordLine = line
        while true {
            let found: Field?
            do throws(Fault) { found = try field(bytes, isWhole: isWhole) } catch {
                (place, line) = start
                return .broken(line: error.line, reason: error.reason)
            }
            guard let found, place < bytes.count || isWhole else {
                (place, line) = start
                return .incomplete
            }
            guard fields.count < Self.fieldLimit else {
                (place, line) = start
                return .broken(line: line, reason: "more than \(Self.fieldLimit) fields.")
            }
            fields.append(found)
            guard passSeparator(bytes) else { break }
        }
        if place < bytes.count, !passLineEnd(bytes, isWhole: isWhole) {
            (place, line) = start
            return .incomplete
        }
        return .record
    }

    /// Passes the line that starts at `place`, whatever quotes are in it; `false` if the buffer ends before it does.
    mutating func passLine(in bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Bool {
        let start = place
        while place < bytes.count, !Self.endsLine(bytes[place]) { place += 1 }
        if place == bytes.count ? isWhole : passLineEnd(bytes, isWhole: isWhole) { return true }
        place = start
        return false
    }

    /// A field that is none.
    private struct Fault: Error {
        var line: Int
        var reason: String
    }

    /// Reads a field and stops at the separator or line end behind it; `nil` if the buffer ends too early.
    private mutating func field(
        _ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool
    ) throws(Fault) -> Field? {
        let start = place
        switch separator {
        case .quoted(let separator):
            passSpaces(bytes, butNot: separator)
            if place < bytes.count, bytes[place] == Self.quote {
                return try quotedField(bytes, separator, isWhole: isWhole)
            }
            passUntil(separator, bytes)
        case .literal(let separator):
            passUntil(separator, bytes)
        case .doubleColon:
            while place < bytes.count, !Self.endsLine(bytes[place]) {
                if bytes[place] == Self.colon, place + 1 < bytes.count, bytes[place + 1] == Self.colon {
                    break
                }
                place += 1
            }
        case .blanks:
            while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
            let first = place
            while place < bytes.count, !Self.isBlank(bytes[place]), !Self.endsLine(bytes[place]) {
                place += 1
            }
            let end = place
            while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
            return Field(range: first..<end)
        case .nothing:
            while place < bytes.count, !Self.endsLine(bytes[place]) { place += 1 }
        }
        return Field(range: start..<place)
    }

    /// Passes a separator if one stands here.
    private mutating func passSeparator(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard place < bytes.count, !Self.endsLine(bytes[place]) else { return false }
        switch separator {
        case .quoted, .literal: place += 1
        case .doubleColon: place += 2
        case .blanks, .nothing: break
        }
        return true
    }

    private mutating func quotedField(
        _ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8, isWhole: Bool
    ) throws(Fault) -> Field? {
        let firstLine = line
        place += 1
        var field = Field(range: place..<place)
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Self.quote {
                let end = place
                place += 1
                if place < bytes.count, bytes[place] == Self.quote {
                    field.hasDoubledQuotes = true
                    place += 1
                    continue
                }
                field.range = field.range.lowerBound..<end
                passSpaces(bytes, butNot: separator)
                guard place < bytes.count else { return isWhole ? field : nil }
                guard bytes[place] == separator || Self.endsLine(bytes[place]) else {
                    throw Fault(
                        line: line,
                        reason:
                            "text follows the end of a quoted field; a quote inside a quoted field is doubled."
                    )
                }
                return field
            } else if Self.endsLine(byte) {
                guard passLineEnd(bytes, isWhole: isWhole) else { return nil }
            } else {
                place += 1
            }
        }
        guard isWhole else { return nil }
        throw Fault(
            line: firstLine,
            reason: "a quoted field starts here and never ends; a quote inside a quoted field is doubled.")
    }

    private mutating func passUntil(_ separator: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) {
        while place < bytes.count, bytes[place] != separator, !Self.endsLine(bytes[place]) { place += 1 }
    }

    private mutating func passSpaces(_ bytes: UnsafeBufferPointer<UInt8>, butNot separator: UInt8) {
        while place < bytes.count, bytes[place] == UInt8(ascii: " "), separator != bytes[place] { place += 1 }
    }

    /// Passes the line end that stands here; `false` if the buffer ends where the second half of one may follow.
    private mutating func passLineEnd(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Bool {
        if bytes[place] == UInt8(ascii: "\r") {
            guard place + 1 < bytes.count || isWhole else { return false }
            if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "\n") { place += 1 }
        }
        place += 1
        line += 1
        return true
    }

    /// The content of a quoted field with one quote for two.
    static func undoubled(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var isSecond = false
        for byte in bytes {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            // The first of two quotes is kept, the second left out.
            if byte != UInt8(ascii: "\"") || isSecond { plain.append(byte) }
        }
        return plain
    }

    private static let quote = UInt8(ascii: "\"")
    private static let colon = UInt8(ascii: ":")

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// Whether a byte ends a record.
    @inline(__always)
    static func endsLine(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
