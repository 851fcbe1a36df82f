/// Compact JSON that is put together piece by piece, many times faster than by the general encoder.
///
/// Numbers and strings have the same bytes as ``jsonText(of:layout:)`` gives them. Commas are set by themselves; that
/// objects and arrays are closed, and keys come in order, is up to the caller.
public struct JSONBytes: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    /// Whether an infinity or NaN was to be written, which JSON cannot hold; `null` stands in its place.
    public private(set) var holdsNotFinite = false

    /// Makes an empty text.
    public init() {}

    /// Empties the text and keeps its memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        holdsNotFinite = false
    }

    /// Ends a line.
    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    // MARK: Objects and arrays

    /// Writes an object; `body` writes its fields in order of their names.
    public mutating func object<Failure>(
        _ body: (inout JSONBytes) throws(Failure) -> Void
    ) throws(Failure) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        try body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes an array; `body` writes one element.
    public mutating func array<Elements: Collection>(
        _ elements: Elements, _ body: (inout JSONBytes, Elements.Element) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: "["))
        for element in elements { body(&self, element) }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes the name of a field, which holds nothing that has to be escaped; its value comes next.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes the name of a field, whatever it holds; its value comes next.
    public mutating func key(escaping name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    // MARK: Values

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes a whole number, or `null`.
    public mutating func number(_ value: Int?) {
        guard let value else { return null() }
        separate()
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Writes a number in the fewest digits that read back exactly, or `null`.
    public mutating func number(_ value: Double?) {
        guard let value else { return null() }
        guard value.isFinite else {
            holdsNotFinite = true
            return null()
        }
        separate()
        let digits = value.description.utf8
        // A whole number is written without its fraction.
        bytes.append(contentsOf: digits.suffix(2).elementsEqual(".0".utf8) ? digits.dropLast(2) : digits[...])
    }

    /// Writes `true` or `false`.
    public mutating func truth(_ value: Bool) { raw((value ? "true" : "false").utf8) }

    /// Writes `null`.
    public mutating func null() { raw("null".utf8) }

    /// Writes a string, or `null`; control characters and what steers a terminal are escaped.
    public mutating func string(_ value: String?) {
        guard var value else { return null() }
        separate()
        bytes.append(UInt8(ascii: "\""))
        value.withUTF8 { text in
            if text.allSatisfy(Self.standsForItself) {
                bytes.append(contentsOf: text)
            } else {
                escape(text)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Sets a comma unless this is the first element, or the value of a field.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "\n"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    private static func standsForItself(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var position = 0
        while position < text.count {
            let byte = text[position]
            if byte < 0x80 {
                if Self.standsForItself(byte) { bytes.append(byte) } else { escape(ascii: byte) }
                position += 1
                continue
            }
            // A string is valid UTF-8, so that the first byte tells the length.
            let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            let scalar = text[position..<min(position + length, text.count)]
            var value = UInt32(byte) & (length == 2 ? 0x1F : 0x0F)
            for next in scalar.dropFirst() { value = value << 6 | UInt32(next & 0x3F) }
            if length < 4, Unicode.Scalar(value)?.isUnsafeToShow == true {
                escape(number: value)
            } else {
                bytes.append(contentsOf: scalar)
            }
            position += length
        }
    }

    private mutating func escape(ascii byte: UInt8) {
        let letter: Unicode.Scalar
        switch byte {
        case UInt8(ascii: "\""): letter = "\""
        case UInt8(ascii: "\\"): letter = "\\"
        case 0x08: letter = "b"
        case 0x09: letter = "t"
        case 0x0A: letter = "n"
        case 0x0C: letter = "f"
        case 0x0D: letter = "r"
        default: return escape(number: UInt32(byte))
        }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }

    /// Four hexadecimal digits: only scalars of the first plane are escaped.
    private mutating func escape(number value: UInt32) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: "u"))
        for shift in stride(from: 12, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(shift)) & 0xF
            bytes.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        }
    }
}

extension JSONBytes {
    /// Writes an array of whole numbers.
    public mutating func numbers(_ values: [Int]) { array(values) { $0.number($1) } }

    /// Writes an array of numbers.
    public mutating func numbers(_ values: [Double]) { array(values) { $0.number($1) } }

    /// Writes an array of strings.
    public mutating func strings(_ values: [String]) { array(values) { $0.string($1) } }
}
