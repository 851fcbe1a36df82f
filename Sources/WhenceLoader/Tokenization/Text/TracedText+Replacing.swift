extension TracedText {
    /// Every occurrence of a string replaced by another, from left to right; the replacement stands for all of it.
    ///
    /// - Complexity: O(characters · length of the pattern).
    func replacing(_ pattern: [Unicode.Scalar], by content: [Unicode.Scalar]) -> TracedText {
        guard let first = pattern.first else { return self }
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        var index = 0
        while index < scalars.count {
            let rest = scalars[index...]
            guard scalars[index].scalar == first, rest.lazy.map(\.scalar).starts(with: pattern) else {
                result.append(scalars[index])
                index += 1
                continue
            }
            let span = scalars[index].span.joined(with: scalars[index + pattern.count - 1].span)
            result += content.map { TracedScalar(scalar: $0, span: span) }
            index += pattern.count
        }
        return TracedText(result)
    }

    /// Two or more characters of a kind after each other replaced by a string, which stands for all of them.
    ///
    /// - Parameters:
    ///   - isOfKind: whether a character can be in a run.
    ///   - isReplacedAlone: whether one that no other of its kind stands beside is replaced, too.
    /// - Complexity: O(characters).
    func replacingRuns(
        by content: [Unicode.Scalar], of isOfKind: (Unicode.Scalar) -> Bool,
        single isReplacedAlone: (Unicode.Scalar) -> Bool
    ) -> TracedText {
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        var index = 0
        while index < scalars.count {
            let end = scalars[index...].firstIndex { !isOfKind($0.scalar) } ?? scalars.count
            if end > index + 1 || (end > index && isReplacedAlone(scalars[index].scalar)) {
                let span = scalars[index].span.joined(with: scalars[end - 1].span)
                result += content.map { TracedScalar(scalar: $0, span: span) }
                index = end
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        return TracedText(result)
    }

    /// With characters before it that stand for the empty range at its beginning.
    func prepending(_ content: [Unicode.Scalar]) -> TracedText {
        let place = scalars.first?.span.lowerBound ?? 0
        return TracedText(content.map { TracedScalar(scalar: $0, span: place..<place) } + scalars)
    }

    /// Normalised by a SentencePiece table as Hugging Face's tokenizers library does it.
    ///
    /// Each grapheme of up to five bytes is looked up as a whole, and the shortest rule that it begins with replaces
    /// all of it; otherwise its characters are looked up one by one.
    ///
    /// - Complexity: O(characters).
    /// - Note: `normalizers/precompiled.rs` and the crate `spm_precompiled`.
    func replaced(by table: CharacterMap) -> TracedText {
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        func replacement(_ scalars: ArraySlice<TracedScalar>) -> Bool {
            let bytes = scalars.flatMap { $0.scalar.utf8 }
            guard let output = table.shortestMatch(bytes[...]), let span = TracedText(scalars).span else {
                return false
            }
            for scalar in String(decoding: output, as: UTF8.self).unicodeScalars {
                result.append(TracedScalar(scalar: scalar, span: span))
            }
            return true
        }
        var index = 0
        for grapheme in string {
            let characters = scalars[index..<index + grapheme.unicodeScalars.count]
            index = characters.endIndex
            if grapheme.utf8.count < 6, replacement(characters) { continue }
            for place in characters.indices where !replacement(characters[place...place]) {
                result.append(characters[place])
            }
        }
        return TracedText(result)
    }
}
