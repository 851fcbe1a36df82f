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

    /// A text as a JSON string in one line: quotation marks, backslashes and control characters are escaped.
    static func encoded(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            let isPlain = bytes.allSatisfy {
                $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            }
            var spelt: [UInt8] = [UInt8(ascii: "\"")]
            spelt.reserveCapacity(bytes.count + 2)
            if isPlain { spelt += bytes } else { for byte in bytes { append(byte, to: &spelt) } }
            spelt.append(UInt8(ascii: "\""))
            return String(decoding: spelt, as: UTF8.self)
        }
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

    private static func append(_ byte: UInt8, to spelt: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): spelt += [UInt8(ascii: "\\"), byte]
        case 0x0A: spelt += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case 0x0D: spelt += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        case 0x09: spelt += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            spelt += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: spelt.append(byte)
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
