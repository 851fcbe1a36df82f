/// Classes of characters as the reference tokenizers, which are written in Python, draw them.
extension Unicode.Scalar {
    /// What Python's `str.isspace` and `str.split` take for white space.
    ///
    /// Unicode's property with the four separators U+001C to U+001F, which Python adds.
    var isPythonWhiteSpace: Bool {
        switch value {
        case 9...13, 28...32, 0x85, 0xA0: true
        case 0..<0x1680: false
        default: properties.isWhitespace
        }
    }

    /// What Python's `str.isdigit` takes for a digit: `٣` and `²` are, `½` is not.
    var isPythonDigit: Bool {
        switch properties.numericType {
        case .decimal, .digit: true
        default: false
        }
    }

    /// BERT's white space: blank, tab, line feed, carriage return and the space separators.
    var isBertWhiteSpace: Bool {
        switch value {
        case 9, 10, 13, 32: true
        case 0..<0xA0: false
        default: properties.generalCategory == .spaceSeparator
        }
    }

    /// Characters that BERT drops: NUL, U+FFFD and category C, tabs and line ends excepted.
    ///
    /// Category C includes characters that Unicode has not assigned, so a newer Unicode drops fewer.
    var isDroppedByBert: Bool {
        switch value {
        case 9, 10, 13: false
        case 0..<0x20, 0x7F..<0xA0, 0xFFFD: true
        case 0x20..<0x7F: false
        default:
            switch properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned: true
            default: false
            }
        }
    }

    /// BERT's punctuation: every ASCII character that is no letter, digit, blank or control, and category P.
    var isBertPunctuation: Bool {
        switch value {
        case 33...47, 58...64, 91...96, 123...126: true
        case 0..<0x80: false
        default:
            switch properties.generalCategory {
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
                .initialPunctuation, .finalPunctuation, .otherPunctuation:
                true
            default: false
            }
        }
    }

    /// The Chinese characters that BERT takes for words of their own; Kana and Hangul are not among them.
    var isChineseCharacter: Bool {
        switch value {
        case 0..<0x3400: false
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B820...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
