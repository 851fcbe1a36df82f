extension FastNormalizer {
    /// The text as it is cut, and which of its characters counts as the first of the whole input.
    ///
    /// The library keeps for each character where it was, and asks that before it puts a `▁` there. What a table of
    /// normalisation drops at the beginning it forgets, so that the next character counts as the first; and what comes
    /// in the place of several characters lies where the last of them did.
    ///
    /// - Parameter start: where a character lies in the original text that counts as the first; `nil` if none does.
    func normalized(_ text: TracedText, start: inout Int?) -> TracedText {
        if case .sequence(let parts) = self {
            return parts.reduce(text) { $1.normalized($0, start: &start) }
        }
        let result = normalized(text)
        guard let first = text.scalars.first, first.span.lowerBound == start else { return result }
        if case .precompiled = self { start = result.scalars.first?.span.lowerBound }
        if replacesSeveral(text.scalars.prefix(longestPattern).map(\.scalar)) { start = nil }
        return result
    }

    /// How many characters `replacesSeveral` looks at.
    private var longestPattern: Int {
        if case .replace(let pattern, _) = self { pattern.count } else { 2 }
    }

    /// Whether something takes the place of several characters at the beginning of a text.
    private func replacesSeveral(_ beginning: some Collection<Unicode.Scalar>) -> Bool {
        guard beginning.count > 1 else { return false }
        switch self {
        case .replace(let pattern, _): return beginning.elementsEqual(pattern)
        case .replaceRuns(.blanks, _): return beginning.allSatisfy { $0 == " " }
        case .replaceRuns(.whiteSpace, _): return beginning.allSatisfy(\.isUnicodeWhiteSpace)
        default: return false
        }
    }
}
