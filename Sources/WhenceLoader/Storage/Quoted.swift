/// A name or value from a file as an error shows it: in quotes, what would steer a terminal or turn the direction of
/// writing escaped, cut when long.
func quoted(_ text: String, limit: Int = 160) -> String {
    let start = String(text.unicodeScalars.prefix(limit))
    var shown = String.UnicodeScalarView()
    for scalar in start.debugDescription.unicodeScalars {
        if scalar.isInvisibleSign {
            shown.append(
                contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
        } else {
            shown.append(scalar)
        }
    }
    return String(shown) + (start.utf8.count < text.utf8.count ? "…" : "")
}

extension Unicode.Scalar {
    /// Controls, separators of lines and what formats text without a shape of its own; but not the joiners, which
    /// letters and emoji need.
    fileprivate var isInvisibleSign: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: value != 0x200C && value != 0x200D
        default: false
        }
    }
}
