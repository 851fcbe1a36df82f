/// Reads JSON from bytes: strict, with a bound on nesting, and without asking for memory that the bytes do not fill.
///
/// - Note: RFC 8259. Lone surrogates are refused, because no text has them.
struct JSONReader {
    /// What is wrong, and where.
    struct Malformed: Error {
        var offset: Int
        var found: String
    }

    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// Deeper than any model's files; recursion stays far from the end of the stack.
    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    /// The one value that the bytes are.
    mutating func document() throws(Malformed) -> TokenizerJSON {
        let result = try value()
        skipWhiteSpace()
        guard index == bytes.count else { throw malformed("more after the end") }
        return result
    }

    private mutating func value() throws(Malformed) -> TokenizerJSON {
        skipWhiteSpace()
        guard index < bytes.count else { throw malformed("the end of the file") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { reader throws(Malformed) in .object(try reader.object()) }
        case UInt8(ascii: "["): return try nested { reader throws(Malformed) in .array(try reader.array()) }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(Malformed) -> TokenizerJSON
    ) throws(Malformed) -> TokenizerJSON {
        guard depth < Self.deepest else { throw malformed("more than \(Self.deepest) levels of nesting") }
        depth += 1
        defer { depth -= 1 }
        index += 1
        return try read(&self)
    }

    private mutating func object() throws(Malformed) -> TokenizerJSON.Object {
        var result = TokenizerJSON.Object()
        skipWhiteSpace()
        if take("}") { return result }
        while true {
            skipWhiteSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw malformed("no name") }
            let name = try string()
            skipWhiteSpace()
            guard take(":") else { throw malformed("a name without a colon") }
            result.members.append(.init(name: name, value: try value()))
            skipWhiteSpace()
            if take("}") { return result }
            guard take(",") else { throw malformed("an object that does not go on") }
        }
    }

    private mutating func array() throws(Malformed) -> [TokenizerJSON] {
        var result: [TokenizerJSON] = []
        skipWhiteSpace()
        if take("]") { return result }
        while true {
            result.append(try value())
            skipWhiteSpace()
            if take("]") { return result }
            guard take(",") else { throw malformed("a list that does not go on") }
        }
    }

    private mutating func string() throws(Malformed) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
            guard bytes[index] >= 0x20 else { throw malformed("a control character in a text") }
            index += 1
        }
        guard index < bytes.count else { throw malformed("a text without an end") }
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return try text(bytes[start..<index])
        }
        var content = Array(bytes[start..<index])
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] >= 0x20 else { throw malformed("a control character in a text") }
            if take("\\") {
                content += Array(String(Character(try escape())).utf8)
            } else {
                content.append(bytes[index])
                index += 1
            }
        }
        guard take("\"") else { throw malformed("a text without an end") }
        return try text(content[...])
    }

    private func text(_ content: ArraySlice<UInt8>) throws(Malformed) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw malformed("a text that is not UTF-8")
        }
        return text
    }

    private mutating func escape() throws(Malformed) -> Unicode.Scalar {
        guard index < bytes.count else { throw malformed("a text without an end") }
        let kind = bytes[index]
        index += 1
        switch kind {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
        case UInt8(ascii: "u"): break
        default: throw malformed("an unknown escape")
        }
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else {
            throw malformed("a lone surrogate")
        }
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw malformed("a lone surrogate") }
        return scalar
    }

    private mutating func hexadecimal() throws(Malformed) -> UInt32 {
        guard index + 4 <= bytes.count else { throw malformed("a text without an end") }
        var result: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw malformed("an escape that is no number")
            }
            result = result << 4 | UInt32(digit)
        }
        index += 4
        return result
    }

    private mutating func number() throws(Malformed) -> TokenizerJSON {
        let start = index
        while index < bytes.count, Self.isPartOfNumber(bytes[index]) { index += 1 }
        guard let isWhole = Self.isWhole(bytes[start..<index]) else {
            index = start
            throw malformed(notANumber)
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            index = start
            throw malformed("a number beyond all that can be computed with")
        }
        return .number(value)
    }

    /// What stands where a value should, in words: Python writes three that JSON does not have.
    private var notANumber: String {
        let python = ["NaN", "Infinity", "-Infinity"].first { bytes[index...].starts(with: $0.utf8) }
        return python.map { "\($0), which is no JSON value" } ?? "no JSON value"
    }

    /// Whether a number has neither fraction nor exponent; `nil` if it is none as RFC 8259, §6, has it.
    private static func isWhole(_ number: ArraySlice<UInt8>) -> Bool? {
        var rest = number
        func takeDigits() -> Int {
            let count = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let count = takeDigits()
        guard count > 0, count == 1 || !startsWithZero else { return nil }
        if rest.isEmpty { return true }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard takeDigits() > 0 else { return nil }
        }
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(sign) {
                rest = rest.dropFirst()
            }
            guard takeDigits() > 0 else { return nil }
        }
        return rest.isEmpty ? false : nil
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func word(_ word: StaticString, _ value: TokenizerJSON) throws(Malformed)
        -> TokenizerJSON
    {
        let expected = word.withUTF8Buffer { Array($0) }
        guard bytes[index...].starts(with: expected) else { throw malformed("no JSON value") }
        index += expected.count
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
        index += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while index < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[index]) { index += 1 }
    }

    private func malformed(_ found: String) -> Malformed { Malformed(offset: index, found: found) }
}
