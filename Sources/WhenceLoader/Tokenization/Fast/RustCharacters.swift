/// Classes of characters as Hugging Face's tokenizers library, which is written in Rust, draws them.
///
/// Its tables are of several ages of Unicode: categories of its BERT parts are those of Unicode 8, its accents' those
/// of Unicode 9; white space, letters and case are of its Rust compiler. Ours are of the Swift library, which is newer
/// than most, so characters that Unicode has assigned since may be cut differently where no age is asked for below.
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
    /// excepted. Unicode gives noncharacters such as U+FFFF an age, but never assigns them.
    var isDroppedByFastBert: Bool {
        guard value != 0xFFFD else { return true }
        return isDroppedByBert && properties.generalCategory != .unassigned && isAssigned(by: 8)
    }

    /// The Chinese characters of its BERT normaliser, which leaves out the first 256 of extension E.
    var isChineseCharacterOfFastBert: Bool {
        isChineseCharacter && !(0x2B820..<0x2B920).contains(value)
    }

    /// What its `Nmt` drops: control characters, as SentencePiece's rules for translation do.
    var isDroppedByNmt: Bool {
        switch value {
        case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F, 0x8F, 0x9F: true
        default: false
        }
    }

    /// What its `Nmt` takes for a blank.
    var isBlankToNmt: Bool {
        switch value {
        case 0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: true
        default: false
        }
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
