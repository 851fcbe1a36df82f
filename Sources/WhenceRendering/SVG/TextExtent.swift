/// How wide text will be, without knowing the font that a reader has.
///
/// The figures are those of a wide sans-serif (DejaVu Sans), rounded up: labels get a little more room than
/// most fonts need and do not overlap in any.
enum TextExtent {
    /// An upper estimate in pixels.
    static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
        text.reduce(0) { $0 + ems($1) } * size * (bold ? 1.1 : 1)
    }

    /// The text, or as much of its beginning as fits with an ellipsis.
    static func elided(_ text: String, toWidth limit: Double, size: Double, bold: Bool = false) -> String {
        guard width(text, size: size, bold: bold) > limit else { return text }
        var kept = ""
        var room = limit - width("…", size: size, bold: bold)
        for character in text {
            room -= width(String(character), size: size, bold: bold)
            if room < 0 { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// Lines that fit, broken at spaces; a word wider than a line stands alone and is elided.
    static func lines(_ text: String, width limit: Double, size: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if !line.isEmpty, width(longer, size: size) > limit {
                lines.append(line)
                line = String(word)
            } else {
                line = longer
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { elided($0, toWidth: limit, size: size) }
    }

    private static func ems(_ character: Character) -> Double {
        guard let ascii = character.asciiValue else {
            switch character {
            case "“", "”", "‘", "’", "⟨", "⟩": return 0.55
            case "…": return 1
            default: break
            }
            let isEmoji = character.unicodeScalars.contains { $0.properties.isEmojiPresentation }
            // Columns of a terminal tell wide and attached characters apart.
            return character.displayWidth < 2 ? 0.75 * Double(character.displayWidth) : isEmoji ? 1.4 : 1.1
        }
        switch Character(Unicode.Scalar(ascii)) {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ": return 0.36
        case "f", "t", "r", "(", ")", "[", "]", "-", "/", "\\", "\"", "`", "J": return 0.46
        case "m", "w", "M", "W", "@", "%": return 1
        case "A"..."Z", "+", "<", ">", "=", "~", "#", "&": return 0.85
        default: return 0.65
        }
    }
}
