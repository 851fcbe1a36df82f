/// Cuts an original text into what a reader would call words, without looking at tokens.
///
/// - A word is a run of letters, digits and marks. An apostrophe (`'` or `’`), a hyphen or an invisible joiner
///   between two of them stays inside (`don't`, `well-known`), as do points and commas between digits (`2.5`,
///   `1,000`).
/// - An apostrophe before one of the endings s, re, ve, ll, d, m, t belongs to it where white space or the
///   beginning of the text stands before it: texts that are cut already have `it 's` and `do n't`.
/// - A Chinese character is a word, as for BERT.
/// - An emoji with everything that is joined to it is a word.
/// - Any other visible character is a word; equal ones in a row are one word (`...`, `!!!`, `--`).
///
/// White space belongs to no word; every other byte belongs to exactly one.
enum WordBoundaries {
    /// The words of a text as UTF-8 byte ranges, ascending.
    ///
    /// - Complexity: O(characters).
    static func spans(of text: String) -> [Range<Int>] {
        let units = units(of: text)
        var words: [Range<Int>] = []
        var index = 0
        while index < units.count {
            let end = end(of: units, from: index)
            if units[index].kind != .space {
                words.append(units[index].span.lowerBound..<units[end - 1].span.upperBound)
            }
            index = end
        }
        return words
    }

    private enum Kind {
        case space, word, chinese, emoji, joiner, other
    }

    /// A character, or an emoji of several.
    private struct Unit {
        var scalar: Unicode.Scalar
        var kind: Kind
        var span: Range<Int>

        /// True when this unit holds the characters beside it together.
        func joins(_ before: Unit, _ behind: Unit) -> Bool {
            switch scalar {
            case "'", "’", "-", "\u{2010}", "\u{2011}": true
            case ".", ",": before.scalar.isPythonDigit && behind.scalar.isPythonDigit
            default: kind == .joiner
            }
        }
    }

    /// The index behind the word, or the single white space, that begins at a unit.
    private static func end(of units: [Unit], from start: Int) -> Int {
        let unit = units[start]
        switch unit.kind {
        case .space, .chinese, .emoji:
            return start + 1
        case .word:
            return endOfRun(units, from: start)
        case .joiner, .other:
            if unit.scalar.isApostrophe, start == 0 || units[start - 1].kind == .space,
                let end = endOfClitic(units, from: start + 1)
            {
                return end
            }
            return units[start...].firstIndex { $0.kind != unit.kind || $0.scalar != unit.scalar }
                ?? units.count
        }
    }

    private static func endOfRun(_ units: [Unit], from start: Int) -> Int {
        var index = start
        while index < units.count {
            if units[index].kind == .word {
                index += 1
                continue
            }
            guard index > start, index + 1 < units.count, units[index + 1].kind == .word,
                units[index].joins(units[index - 1], units[index + 1])
            else { break }
            index += 1
        }
        return index
    }

    /// The end of `s`, `re`, `ve`, `ll`, `d`, `m` or `t` behind an apostrophe; `nil` when something else, or
    /// more, stands there, as in a quotation.
    private static func endOfClitic(_ units: [Unit], from start: Int) -> Int? {
        let end = endOfRun(units, from: start)
        guard (1...2).contains(end - start), end == units.count || !units[end].scalar.isApostrophe else {
            return nil
        }
        let letters = units[start..<end].map { $0.scalar.value | 0x20 }
        return clitics.contains(letters) ? end : nil
    }

    private static let clitics: Set<[UInt32]> = Set(
        ["s", "re", "ve", "ll", "d", "m", "t"].map { $0.unicodeScalars.map(\.value) })

    private static func units(of text: String) -> [Unit] {
        var units: [Unit] = []
        units.reserveCapacity(text.utf8.count)
        var offset = 0
        for character in text {
            let scalars = character.unicodeScalars
            guard let first = scalars.first else { continue }
            if character.isEmoji {
                let end = offset + character.utf8.count
                units.append(Unit(scalar: first, kind: .emoji, span: offset..<end))
                offset = end
                continue
            }
            for scalar in scalars {
                let end = offset + scalar.utf8.count
                units.append(Unit(scalar: scalar, kind: kind(of: scalar), span: offset..<end))
                offset = end
            }
        }
        return units
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        // U+200B is no white space to Unicode, but ending a word is its only purpose.
        if scalar.isPythonWhiteSpace || scalar.value == 0x200B { return .space }
        if scalar.isChineseCharacter { return .chinese }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return .word
        case .format:
            return .joiner
        default:
            return .other
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isApostrophe: Bool { self == "'" || self == "’" }
}

extension Character {
    /// True for what is drawn as an emoji: by nature, or because a selector, a joiner or a tone says so.
    fileprivate var isEmoji: Bool {
        guard let first = unicodeScalars.first, first.value >= 0x23 else { return false }
        if first.value >= 0x80, first.properties.isEmojiPresentation { return true }
        return first.properties.isEmoji
            && unicodeScalars.dropFirst().contains {
                $0.value == 0xFE0F || $0.value == 0x200D || $0.properties.isEmojiModifier
            }
    }
}
