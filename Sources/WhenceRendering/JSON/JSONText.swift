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
        var opened = 0

        func put(_ byte: UInt8) {
            output.append(byte)
            // Bytes that continue a UTF-8 scalar take no column.
            column += byte & 0xC0 == 0x80 ? 0 : 1
        }
        func breakLine() {
            output.append(UInt8(ascii: "\n"))
            column = 0
            for _ in 0..<2 * depth { put(UInt8(ascii: " ")) }
        }

        while position < bytes.count {
            let byte = bytes[position]
            let isInline = position <= inlineUntil
            switch byte {
            case UInt8(ascii: "\""):
                let end = endOfString(bytes, from: position)
                for place in position..<end { put(bytes[place]) }
                position = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                put(byte)
                let extent = extents[opened]
                opened += 1
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
                put(byte)
            case UInt8(ascii: ","):
                put(byte)
                if isInline { put(UInt8(ascii: " ")) } else { breakLine() }
            case UInt8(ascii: ":"):
                put(byte)
                put(UInt8(ascii: " "))
            default:
                put(byte)
            }
            position += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Writes what a terminal would obey or hide as `\u` escapes; such scalars occur only inside strings.
    static func escapingInvisibles(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            // All that is to be escaped stands among the bytes that are no printable ASCII: these are few.
            let start = bytes[position...].firstIndex { $0 >= 0x7F } ?? bytes.count
            output += bytes[position..<start]
            position = bytes[start...].firstIndex { $0 < 0x7F } ?? bytes.count
            for scalar in String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars {
                if scalar.value < 0x10000, scalar.isUnsafeToShow {
                    let digits = String(scalar.value, radix: 16)
                    output += "\\u".utf8
                    output += repeatElement(UInt8(ascii: "0"), count: 4 - digits.count)
                    output += digits.utf8
                } else {
                    output += String(scalar).utf8
                }
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Where an object or array ends, and how long it is in one line with spaces after commas and colons.
    private struct Extent {
        var end: Int
        var length: Int
    }

    /// The extents of all objects and arrays, in the order of their opening brackets.
    private static func containers(_ bytes: [UInt8]) -> [Extent] {
        var extents: [Extent] = []
        var open: [(number: Int, spaces: Int)] = []
        var spaces = 0
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position = endOfString(bytes, from: position)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append((extents.count, spaces))
                extents.append(Extent(end: position, length: 1))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let (number, before) = open.popLast() {
                    let length = position - extents[number].end + spaces - before
                    extents[number] = Extent(end: position, length: length)
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
