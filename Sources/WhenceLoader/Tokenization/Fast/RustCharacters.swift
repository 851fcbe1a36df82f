/// Classes of characters as Hugging Face's tokenizers library, which is written in Rust, draws them.
extension Unicode.Scalar {
    /// Rust's `char::is_whitespace`: Unicode's property.
    var isUnicodeWhiteSpace: Bool {
        switch value {
        case 9...13, 32: true
        case 0..<0x80: false
        default: properties.isWhitespace
        }
    }

    /// Whether Unicode had assigned the character by a version; the library's tables are of different ages.
    private func isAssigned(by version: Int) -> Bool {
        guard let age = properties.age else { return false }
        return age.major <= version
    }

    /// What its BERT normaliser drops: NUL, U+FFFD and category C as of Unicode 8, characters that are not assigned
    /// excepted.
    var isDroppedByFastBert: Bool {
        guard value != 0xFFFD else { return true }
        return isDroppedByBert && isAssigned(by: 8)
    }

    /// The accents that its BERT normaliser drops: category Mn as of Unicode 8.
    var isAccentOfFastBert: Bool {
        guard value >= 0x300 else { return false }
        switch value {
        // Their category has changed since.
        case 0x1734, 0x1171E: return true
        case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
        default: return properties.generalCategory == .nonspacingMark && isAssigned(by: 8)
        }
    }

    /// Its punctuation: as `isBertPunctuation`, category P being that of Unicode 8.
    var isFastPunctuation: Bool {
        guard value >= 0x80 else { return isBertPunctuation }
        switch value {
        // Their category has changed since.
        case 0x166D, 0x111C9: return true
        default: return isBertPunctuation && isAssigned(by: 8)
        }
    }

    /// What its `StripAccents` drops: category M as of Unicode 9.
    var isMark: Bool {
        guard value >= 0x300 else { return false }
        switch value {
        // Their category has changed since.
        case 0x1CF2, 0x1CF3: return true
        case 0x111C9: return false
        default: return isOfCategoryM && isAssigned(by: 9)
        }
    }

    private var isOfCategoryM: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    /// A character of `\w`: letters, marks, decimal digits, connectors and the joiners.
    var isWordCharacter: Bool {
        switch value {
        case 48...57, 65...90, 95, 97...122: return true
        case 0..<0x80: return false
        case 0x200C, 0x200D: return true
        default: break
        }
        if properties.isAlphabetic || isOfCategoryM { return true }
        switch properties.generalCategory {
        case .decimalNumber, .connectorPunctuation: return true
        default: return false
        }
    }

    /// Rust's `char::is_numeric`: category N.
    var isNumeric: Bool {
        switch properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }
}
