/// How KerasHub finds the words of a text for byte-level BPE.
///
/// Its regular expressions have no look-ahead, which GPT-2's pattern needs. So KerasHub puts a sign, `६`, before each
/// blank that a visible character follows, splits with a pattern that knows the sign, splits the sign off again and
/// drops words that are the sign alone. This is the same procedure, because what it does to unusual white space, to
/// the sign itself and to the stand-ins of special tokens (`ĴA`, `ĴB`, …) is part of what the models were trained on.
///
/// - Note: `split_strings_for_bpe` of keras-hub 0.19.3.
struct KerasBytePairWords: Sendable {
    private static let sign: Unicode.Scalar = "६"
    private let unsplittable: [(token: [Unicode.Scalar], standIn: [Unicode.Scalar])]

    /// - Parameter unsplittable: spellings of tokens that are not cut.
    init(unsplittable: [String]) {
        self.unsplittable = unsplittable.enumerated().map { index, token in
            let letters = String(index).utf8.map {
                Unicode.Scalar($0 - UInt8(ascii: "0") + UInt8(ascii: "A"))
            }
            return (Array(token.unicodeScalars), ["Ĵ"] + letters)
        }
    }

    /// The words of a text; what lies between them is dropped.
    ///
    /// - Complexity: O(characters · unsplittable tokens).
    func words(of text: TracedText) -> [TracedText] {
        var stretches = [marked(text.upToNUL())]
        for (token, standIn) in unsplittable {
            stretches = stretches.flatMap { stretch in
                FastSplitBehavior.isolated.apply(to: stretch.scalars) { index in
                    let isThere = stretch.scalars[index...].lazy.map(\.scalar).starts(with: token)
                    return isThere ? index + token.count : nil
                }
            }.map { $0.replacing(token, by: standIn) }
        }
        var words = stretches.flatMap { split($0.scalars) }.flatMap { splitAtEnd($0) }
        for (token, standIn) in unsplittable { words = words.map { $0.replacing(standIn, by: token) } }
        return words.filter { !($0.scalars.count == 1 && $0.scalars[0].scalar == Self.sign) }
    }

    /// The white space that KerasHub lists besides that of ASCII.
    private static func isListed(_ scalar: Unicode.Scalar) -> Bool {
        [0xA0, 0x2009, 0x202F, 0x3000].contains(scalar.value)
    }

    /// `\s` of the library RE2.
    private static func isPlainSpace(_ scalar: Unicode.Scalar) -> Bool {
        [9, 10, 12, 13, 32].contains(scalar.value)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { isPlainSpace(scalar) || isListed(scalar) }

    /// With the sign where KerasHub puts it.
    private func marked(_ text: TracedText) -> TracedText {
        let scalars = text.scalars
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count * 5 / 4)
        for (index, traced) in scalars.enumerated() {
            if traced.scalar == " ", index + 1 < scalars.count, !Self.isSpace(scalars[index + 1].scalar) {
                let place = traced.span.lowerBound
                result.append(TracedScalar(scalar: Self.sign, span: place..<place))
            }
            result.append(traced)
        }
        // The second expression lacks the brackets of a set, so it finds only this very sequence.
        let ending: [Unicode.Scalar] = ["\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}"]
        if let last = scalars.last, scalars.suffix(4).map(\.scalar) == ending,
            scalars.dropLast(4).last.map({ Self.isPlainSpace($0.scalar) }) == true
        {
            let place = last.span.upperBound
            result.append(TracedScalar(scalar: Self.sign, span: place..<place))
        }
        return TracedText(result)
    }

    /// The first pattern:
    /// `'s|'t|'re|'ve|'m|'ll|'d|[\s…]+[\n\r\t\f६…]| ?\p{L}+| ?[\p{N}]+| ?[^\s\p{L}\p{N}…]+`.
    private func split(_ scalars: [TracedScalar]) -> [TracedText] {
        let kinds = scalars.map { ByteLevelWords.Kind($0.scalar) }
        let ends = spaceEnds(scalars)
        return FastSplitBehavior.isolated.apply(to: scalars) { index in
            if let end = ByteLevelWords.contractionEnd(scalars, index) { return end }
            if let end = ends[index] { return end }
            let first = scalars[index].scalar == " " ? index + 1 : index
            guard first < scalars.count, !Self.isSpace(scalars[first].scalar) else { return nil }
            let kind = Self.visibleKind(kinds[first])
            return scalars[first...].indices.first {
                Self.isSpace(scalars[$0].scalar) || Self.visibleKind(kinds[$0]) != kind
            } ?? scalars.count
        }
    }

    /// White space that KerasHub does not list is a sign like any other.
    private static func visibleKind(_ kind: ByteLevelWords.Kind) -> ByteLevelWords.Kind {
        kind == .space ? .other : kind
    }

    /// For each place the end of `[\s…]+[\n\r\t\f६…]` that begins there; `nil` where it does not.
    private func spaceEnds(_ scalars: [TracedScalar]) -> [Int?] {
        var result = [Int?](repeating: nil, count: scalars.count)
        /// Where the run of white space around a place ends, and the last place in it that may end a match.
        var runEnd = scalars.count
        var lastEnding: Int?
        for index in scalars.indices.reversed() {
            guard Self.isSpace(scalars[index].scalar) else {
                runEnd = index
                lastEnding = nil
                continue
            }
            if runEnd < scalars.count, scalars[runEnd].scalar == Self.sign {
                result[index] = runEnd + 1
            } else if let last = lastEnding, last > index {
                result[index] = last + 1
            }
            if lastEnding == nil, scalars[index].scalar != " " { lastEnding = index }
        }
        return result
    }

    /// The second pattern, `[ \t\r\f\v६…]$`: such a character at the end of a word is a word of its own.
    private func splitAtEnd(_ word: TracedText) -> [TracedText] {
        guard word.scalars.count > 1, let last = word.scalars.last else { return [word] }
        let isSplit =
            [9, 11, 12, 13, 32].contains(last.scalar.value) || Self.isListed(last.scalar)
            || last.scalar == Self.sign
        return isSplit ? [TracedText(word.scalars.dropLast()), TracedText([last])] : [word]
    }
}
