extension StringProtocol {
    /// Columns that a terminal gives the string.
    ///
    /// - Complexity: O(length).
    var displayWidth: Int { reduce(0) { $0 + $1.displayWidth } }

    /// The string, or as much of its beginning as fits with an ellipsis in `limit` columns.
    func elided(toWidth limit: Int) -> String {
        guard displayWidth > limit else { return String(self) }
        var kept = ""
        var width = 1
        for character in self {
            width += character.displayWidth
            if width > limit { break }
            kept.append(character)
        }
        return kept + "…"
    }
}

extension Character {
    /// Columns that a terminal gives the character: 2 for wide East Asian characters and emoji, 0 for what
    /// attaches to the character before it, else 1.
    ///
    /// Where terminals differ (clusters of several spacing scalars) this is the larger answer.
    /// - Note: Unicode Standard Annex 11, *East Asian Width*; Annex 51, *Emoji*, for sequences.
    var displayWidth: Int {
        let scalars = unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.count > 1, first.properties.isEmoji, first.value > 0xFF,
            scalars.dropFirst().contains(where: \.makesEmojiSequence)
        {
            return 2
        }
        return scalars.reduce(0) { $0 + $1.displayWidth }
    }
}

extension Unicode.Scalar {
    fileprivate var makesEmojiSequence: Bool {
        // Variation selector 16, zero-width joiner, skin tones, the second of two regional indicators.
        value == 0xFE0F || value == 0x200D || properties.isEmojiModifier
            || (0x1F1E6...0x1F1FF).contains(value)
    }

    fileprivate var displayWidth: Int {
        if value < 0x7F { return value < 0x20 ? 0 : 1 }
        if value == 0x00AD { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // Vowels and final consonants of conjoining Hangul stand on the consonant before them.
        if (0x1160...0x11FF).contains(value) { return 0 }
        return isWide ? 2 : 1
    }

    private var isWide: Bool {
        if value < 0x1100 { return false }
        return properties.isEmojiPresentation
            || Unicode.Scalar.wideRanges.contains { $0.contains(value) }
    }

    /// Classes W and F of Annex 11 (Unicode 14), with unassigned gaps closed; wide emoji are known to the
    /// standard library.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
        0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE6B,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265,
        0x20000...0x3FFFD,
    ]
}
