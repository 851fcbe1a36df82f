internal import Foundation

/// A name in a line `identifier = name`: as it is, or as a JSON string where a line could not hold it.
enum TetradLabel {
    static func written(_ name: String) -> String {
        let isPlain =
            !name.joinsWhatStandsBefore && name.unicodeScalars.first != "\""
            && name.first?.isWhitespace == false && name.last?.isWhitespace == false
            && !name.unicodeScalars.contains(where: \.isUnsafeToShow)
        if isPlain { return name }
        var quoted = "\""
        for unit in name.utf16 {
            switch unit {
            case 0x22, 0x5C: quoted += "\\" + String(decoding: [unit], as: UTF16.self)
            case 0x20..<0x7F: quoted += String(decoding: [unit], as: UTF16.self)
            default:
                let digits = String(unit, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return quoted + "\""
    }

    /// The name that a line holds; `nil` for a JSON string that is none.
    static func read(_ text: String) -> String? {
        guard text.first == "\"" else { return text }
        return try? JSONDecoder().decode(String.self, from: Data(text.utf8))
    }
}
