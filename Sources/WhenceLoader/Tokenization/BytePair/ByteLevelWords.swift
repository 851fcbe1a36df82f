/// How GPT-2 finds the words of a text before it cuts them into pieces.
///
/// The pattern is
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`:
/// what follows an apostrophe in English, then letters, digits or other signs with one blank before them, then white
/// space, of which the last character is left to the word behind it.
///
/// - Note: https://github.com/openai/gpt-2/blob/master/src/encoder.py (Radford et al. 2019).
enum ByteLevelWords {
    /// The classes of characters that the pattern tells apart.
    enum Kind {
        case letter, number, space, other

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 65...90, 97...122: self = .letter
            case 48...57: self = .number
            case 9...13, 32: self = .space
            case 0..<0x80: self = .other
            default:
                switch scalar.properties.generalCategory {
                case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
                    self = .letter
                case .decimalNumber, .letterNumber, .otherNumber: self = .number
                default: self = scalar.properties.isWhitespace ? .space : .other
                }
            }
        }
    }

    /// The words, without gaps, as ranges of indices.
    ///
    /// - Complexity: O(characters).
    static func ranges(of text: [TracedScalar]) -> [Range<Int>] {
        let kinds = text.map { Kind($0.scalar) }
        var ranges: [Range<Int>] = []
        var start = 0
        while start < text.count {
            let end = contractionEnd(text, start) ?? wordEnd(text, kinds, start) ?? spaceEnd(kinds, start)
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    private static let contractions: [[Unicode.Scalar]] = [
        ["s"], ["t"], ["r", "e"], ["v", "e"], ["m"], ["l", "l"], ["d"],
    ]

    /// The end of `'s` and its like.
    static func contractionEnd(_ text: [TracedScalar], _ start: Int) -> Int? {
        guard text[start].scalar == "'" else { return nil }
        let rest = text[(start + 1)...].prefix(2).map(\.scalar)
        return contractions.first { rest.starts(with: $0) }.map { start + 1 + $0.count }
    }

    /// The end of a word of one kind with at most one blank before it.
    private static func wordEnd(_ text: [TracedScalar], _ kinds: [Kind], _ start: Int) -> Int? {
        let first = text[start].scalar == " " ? start + 1 : start
        guard first < text.count, kinds[first] != .space else { return nil }
        return kinds[first...].firstIndex { $0 != kinds[first] } ?? text.count
    }

    /// The end of white space. Its last character is left out where something else follows.
    private static func spaceEnd(_ kinds: [Kind], _ start: Int) -> Int {
        let end = kinds[start...].firstIndex { $0 != .space } ?? kinds.count
        return end == kinds.count || end == start + 1 ? end : end - 1
    }
}
