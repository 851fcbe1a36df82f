internal import WhenceRendering

/// Texts as JSON spells them.
enum JSONString {
    /// The text of a string that a scanner has found.
    ///
    /// - Parameter content: what stands between the quotation marks, whose escapes are known to be right.
    static func decoded(_ content: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) -> String {
        guard hasEscapes else { return String(decoding: content, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var place = 0
        while place < content.count {
            guard content[place] == UInt8(ascii: "\\"), place + 1 < content.count else {
                text.append(content[place])
                place += 1
                continue
            }
            let kind = content[place + 1]
            place += 2
            if kind == UInt8(ascii: "u") {
                text.append(
                    contentsOf: UTF8.encode(scalar(content, &place)) ?? UTF8.encodedReplacementCharacter)
            } else {
                text.append(plain(kind))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A text as a JSON string in one line, escaped as everything else that is written.
    static func encoded(_ text: String) -> String {
        var json = JSONBytes()
        json.string(text)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The value of a hexadecimal digit.
    static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private static func plain(_ kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: kind
        }
    }

    /// The scalar of a `\u` escape, or of two that are a pair; `place` stands behind the `u`.
    private static func scalar(_ content: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> Unicode.Scalar {
        let first = unit(content, &place)
        if let scalar = Unicode.Scalar(first) { return scalar }
        place += 2
        let second = unit(content, &place)
        let value = 0x10000 + ((first & 0x3FF) << 10 | (second & 0x3FF))
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private static func unit(_ content: UnsafeBufferPointer<UInt8>, _ place: inout Int) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 where place < content.count {
            value = value << 4 | (hexadecimalDigit(content[place]) ?? 0)
            place += 1
        }
        return value
    }
}
