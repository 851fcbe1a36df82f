/// Layout of JSON that is text already.
enum JSONText {
    /// Indents one-line JSON by two spaces a level, but keeps every object and array that fits in `width`
    /// columns in one line.
    ///
    /// - Parameter line: valid JSON without white space between its parts.
    /// - Complexity: O(bytes).
    static func indented(_ line: String, width: Int = 110) -> String {
        let bytes = Array(line.utf8)
        let extents = containers(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count * 5 / 4)
        var depth = 0
        var inlineUntil = -1
        var column = 0
        var position = 0

        func put(_ text: some Sequence<UInt8>) {
            for byte in text {
                output.append(byte)
                // Bytes that continue a UTF-8 scalar take no column.
                column += byte & 0xC0 == 0x80 ? 0 : 1
            }
        }
        func breakLine() {
            output.append(UInt8(ascii: "\n"))
            column = 0
            put(repeatElement(UInt8(ascii: " "), count: 2 * depth))
        }

        while position < bytes.count {
            let byte = bytes[position]
            let isInline = position <= inlineUntil
            switch byte {
            case UInt8(ascii: "\""):
                let end = endOfString(bytes, from: position)
                put(bytes[position..<end])
                position = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                put([byte])
                let extent = extents[position] ?? Extent(end: position, length: 1)
                if !isInline {
                    if column + extent.length <= width || extent.end == position + 1 {
                        inlineUntil = extent.end
                    } else {
                        depth += 1
                        breakLine()
                    }
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if !isInline {
                    depth -= 1
                    breakLine()
                }
                put([byte])
            case UInt8(ascii: ","):
                put([byte])
                if isInline { put([UInt8(ascii: " ")]) } else { breakLine() }
            case UInt8(ascii: ":"):
                put([byte, UInt8(ascii: " ")])
            default:
                put([byte])
            }
            position += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Writes what a terminal would obey or hide as `\u` escapes; such scalars occur only inside strings.
    static func escapingInvisibles(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.value < 0x10000, scalar.value >= 0x7F, scalar.isUnsafeToShow {
                let digits = String(scalar.value, radix: 16)
                output.append(contentsOf: "\\u".unicodeScalars)
                output.append(contentsOf: repeatElement("0", count: 4 - digits.count))
                output.append(contentsOf: digits.unicodeScalars)
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }

    /// Where an object or array ends, and how long it is in one line with spaces after commas and colons.
    private struct Extent {
        var end: Int
        var length: Int
    }

    /// The extents of all objects and arrays, by the offset of their opening bracket.
    private static func containers(_ bytes: [UInt8]) -> [Int: Extent] {
        var extents: [Int: Extent] = [:]
        var open: [(start: Int, spaces: Int)] = []
        var spaces = 0
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position = endOfString(bytes, from: position)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append((position, spaces))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let (start, before) = open.popLast() {
                    extents[start] = Extent(end: position, length: position - start + spaces - before)
                }
            case UInt8(ascii: ","), UInt8(ascii: ":"): spaces += 1
            default: break
            }
            position += 1
        }
        return extents
    }

    /// The offset behind the closing quotation mark of the string that starts at `start`.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(position + 1, bytes.count)
    }
}
