/// What becomes of the places where a text is cut.
///
/// - Note: `SplitDelimiterBehavior` of https://github.com/huggingface/tokenizers, version 0.21.
enum FastSplitBehavior: String, Sendable {
    /// They are left out.
    case removed = "Removed"
    /// Each is a word of its own.
    case isolated = "Isolated"
    /// Each belongs to the word before it.
    case mergedWithPrevious = "MergedWithPrevious"
    /// Each belongs to the word behind it.
    case mergedWithNext = "MergedWithNext"
    /// Those beside each other are one word.
    case contiguous = "Contiguous"

    /// Reads the field `behavior`.
    ///
    /// - Parameter standard: what holds when it is missing; `nil` when it has to be there.
    init(_ json: FastComponent, standard: FastSplitBehavior?) throws(LoaderError) {
        let name = try json.text("behavior")
        self = try json.demand(
            name.map { FastSplitBehavior(rawValue: $0) } ?? standard, "behavior",
            "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous")
    }

    /// Cuts a text.
    ///
    /// - Parameters:
    ///   - scalars: the text.
    ///   - matchEnd: the end of a place to cut that begins at an index; `nil` where none does.
    ///   - inverts: what lies between the matches is where it is cut.
    /// - Returns: words that are not empty, in order.
    func apply(
        to scalars: [TracedScalar], _ matchEnd: (Int) -> Int?, inverts: () -> Bool = { false }
    ) -> [TracedText] {
        var parts: [(range: Range<Int>, isCut: Bool)] = []
        var start = 0
        var index = 0
        while index < scalars.count {
            guard let end = matchEnd(index), end > index else {
                index += 1
                continue
            }
            if index > start { parts.append((start..<index, inverts())) }
            parts.append((index..<end, !inverts()))
            index = end
            start = end
        }
        if scalars.count > start { parts.append((start..<scalars.count, inverts())) }
        return merged(parts).map { TracedText(scalars[$0]) }
    }

    private func merged(_ parts: [(range: Range<Int>, isCut: Bool)]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var wasCut = false
        func extend(_ range: Range<Int>) {
            result[result.count - 1] = result[result.count - 1].joined(with: range)
        }
        for part in parts {
            switch self {
            case .removed: if !part.isCut { result.append(part.range) }
            case .isolated: result.append(part.range)
            case .contiguous:
                if part.isCut == wasCut, !result.isEmpty {
                    extend(part.range)
                } else {
                    result.append(part.range)
                }
            case .mergedWithPrevious:
                if part.isCut, !wasCut, !result.isEmpty {
                    extend(part.range)
                } else {
                    result.append(part.range)
                }
            case .mergedWithNext:
                if !part.isCut, wasCut, !result.isEmpty {
                    extend(part.range)
                } else {
                    result.append(part.range)
                }
            }
            wasCut = part.isCut
        }
        return result
    }
}
