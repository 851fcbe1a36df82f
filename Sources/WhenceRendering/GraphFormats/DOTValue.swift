/// The value of a DOT attribute.
enum DOTValue {
    case text(String)
    /// Text with markup, in angle brackets.
    case html(String)

    /// What stands between the quotation marks or brackets.
    var text: String {
        switch self {
        case .text(let text), .html(let text): text
        }
    }

    /// The text that Graphviz shows for a node's label; `nil` for markup, which is no name.
    ///
    /// `\N` is the node's name; `\n`, `\l` and `\r` break a line; other backslashes vanish; then HTML's
    /// entities stand for their characters (<https://graphviz.org/docs/attr-types/escString/>).
    func label(of node: String) -> String? {
        guard case .text(let source) = self else { return nil }
        var output = String.UnicodeScalarView()
        var rest = source.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\\", let escaped = rest.popFirst() {
                switch escaped {
                case "N": output.append(contentsOf: node.unicodeScalars)
                case "n", "l", "r": output.append("\n")
                default: output.append(escaped)
                }
            } else if scalar == "&", let end = rest.prefix(12).firstIndex(of: ";"),
                let named = Self.entity(Substring(rest[..<end]))
            {
                output.append(named)
                rest = rest[rest.index(after: end)...]
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }

    private static func entity(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return "\u{A0}"
        default:
            guard name.first == "#" else { return nil }
            let digits = name.dropFirst()
            let value =
                digits.first == "x" || digits.first == "X"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init)
        }
    }
}
