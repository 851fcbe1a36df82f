extension String {
    /// The string with everything that would steer a terminal or reorder a line made visible.
    ///
    /// C0 controls become their pictures (`␛`), the others their number (`⟨U+202E⟩`): C1 controls, marks and
    /// overrides of writing direction, line and paragraph separators, and noncharacters. All that is left is
    /// legal in XML. Letters, joiners and variation selectors stay, so that Arabic, Indic and emoji do too.
    package var escapedForDisplay: String {
        guard unicodeScalars.contains(where: \.isUnsafeToShow) else { return self }
        var output = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar.isUnsafeToShow {
                output.append(contentsOf: scalar.picture.unicodeScalars)
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }

    /// The string as a label: escaped, recognisable where it holds nothing visible, and with a combining mark
    /// at its start on a dotted circle, not on whatever stands before.
    var visibleLabel: String {
        let escaped = escapedForDisplay
        if escaped.displayWidth == 0 { return unicodeScalars.map(\.number).joined() }
        guard let first = escaped.unicodeScalars.first, first.isCombining else { return escaped }
        return "\u{25CC}" + escaped
    }

    /// The label in typographic quotation marks.
    func quoted(maximumWidth: Int = 32) -> String { "“\(visibleLabel.elided(toWidth: maximumWidth))”" }
}

extension Unicode.Scalar {
    /// Whether showing the scalar as it is could steer a terminal, reorder a line, or be illegal in XML.
    var isUnsafeToShow: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        case 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: true
        default: value & 0xFFFE == 0xFFFE
        }
    }

    /// What stands for the scalar where it cannot be shown.
    var picture: String {
        switch value {
        case 0..<0x20: Unicode.Scalar(0x2400 + value).map { String($0) } ?? number
        case 0x7F: "\u{2421}"
        default: number
        }
    }

    /// `⟨U+202E⟩`.
    var number: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "⟨U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits + "⟩"
    }

    /// Whether the scalar attaches to the one before it.
    var isCombining: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
