internal import WhenceExplanation
internal import WhenceLoader

/// Names that tell apart what is spelled alike: `“the”`, and `“the” (2nd)` for the second.
struct WordNames {
    private let names: [String]

    /// Names in the order of the labels.
    ///
    /// - Parameter areTitles: whether a name that is too long keeps the year at its end.
    init(labels: [String], maximumWidth: Int = 32, areTitles: Bool = false) {
        var total: [String: Int] = [:]
        for label in labels { total[label, default: 0] += 1 }
        var seen: [String: Int] = [:]
        names = labels.map { label in
            seen[label, default: 0] += 1
            let name =
                areTitles
                ? label.quotedTitle(maximumWidth: maximumWidth) : label.quoted(maximumWidth: maximumWidth)
            guard let all = total[label], all > 1, let position = seen[label] else { return name }
            return "\(name) (\(NumberWording.ordinal(position)))"
        }
    }

    subscript(index: Int) -> String { names[index] }

    /// `“a”`, `“a” and “b”`, `“a”, “b” and “c”`.
    func list(_ indices: [Int]) -> String {
        let chosen = indices.map { names[$0] }
        guard let last = chosen.last, chosen.count > 1 else { return chosen.first ?? "nothing" }
        return chosen.dropLast().joined(separator: ", ") + " and " + last
    }
}

/// What an explanation removes, in the terms that the settings chose: words, or tokens.
struct RemovedParts {
    private let wordNames: WordNames
    private let pieceNames: WordNames
    private let input: TokenizedText
    private let kind: NodeKind

    init(_ explanation: SentimentExplanation) {
        input = explanation.input
        kind = explanation.settings.nodes
        wordNames = WordNames(labels: explanation.input.words.map(\.text))
        pieceNames = WordNames(labels: explanation.input.tokens.map(\.piece))
    }

    /// The parts' names, in order of the text.
    func names(_ found: CounterfactualExplanation) -> String {
        switch kind {
        case .words: wordNames.list(found.words.sorted())
        case .tokens, .items: pieceNames.list(found.tokens.sorted())
        }
    }

    /// UTF-8 ranges of the text that the parts stand for, ascending and apart.
    func spans(_ found: CounterfactualExplanation) -> [Range<Int>] {
        let spans: [Range<Int>] =
            switch kind {
            case .words: found.words.map { input.words[$0].span }
            case .tokens, .items: found.tokens.compactMap { input.tokens[$0].span }
            }
        var merged: [Range<Int>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        return merged
    }
}
