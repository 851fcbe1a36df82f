/// Finds the added tokens of a `tokenizer.json` in a text.
///
/// - Note: `AddedVocabulary` of https://github.com/huggingface/tokenizers, version 0.21.
struct FastAddedTokens: Sendable {
    /// A stretch of a text.
    enum Stretch {
        /// An added token, with the bytes of the original text that it stands for.
        case token(id: Int, span: Range<Int>)
        /// Characters that have still to be cut, and where a first one lies that counts as that of the whole input.
        case text(TracedText, start: Int?)
    }

    private let tokens: [Int: AddedToken]
    /// Spellings that are looked for in the text as it stands.
    private let verbatim: FastSpellings
    /// Spellings, themselves normalised, that are looked for in the normalised text.
    private let normalized: FastSpellings
    private let normalizer: FastNormalizer?
    private let splitsSpecials: Bool

    /// - Parameters:
    ///   - tokens: the tokens by id.
    ///   - normalizer: what is done to the text between those that are looked for as they stand.
    ///   - splitsSpecials: special tokens are passed over.
    init(_ tokens: [Int: AddedToken], normalizer: FastNormalizer?, splitsSpecials: Bool) {
        self.tokens = tokens
        self.normalizer = normalizer
        self.splitsSpecials = splitsSpecials
        // Of those that are spelt alike when they are normalised, the first holds, special tokens before others.
        let order = tokens.sorted {
            ($0.value.isSpecial ? 0 : 1, $0.key) < ($1.value.isSpecial ? 0 : 1, $1.key)
        }
        verbatim = FastSpellings(
            order.filter { !$0.value.isNormalized }.map { (Array($0.value.content.utf8), $0.key) })
        normalized = FastSpellings(
            order.filter(\.value.isNormalized).map { id, token in
                let content = TracedText(original: token.content)
                return (Array((normalizer?.normalized(content) ?? content).string.utf8), id)
            })
    }

    /// The text cut at added tokens, and normalised between them; no stretch is empty.
    ///
    /// - Complexity: O(bytes · length of the longest token).
    func split(_ text: TracedText) -> [Stretch] {
        cut(text, verbatim, start: 0).flatMap { stretch in
            guard case .text(let text, var start) = stretch else { return [stretch] }
            let result = normalizer?.normalized(text, start: &start) ?? text
            return cut(result, normalized, start: start)
        }
    }

    /// - Parameter spellings: what the text is cut at.
    private func cut(_ text: TracedText, _ spellings: FastSpellings, start first: Int?) -> [Stretch] {
        let scalars = text.scalars
        guard !spellings.isEmpty, !scalars.isEmpty else {
            return scalars.isEmpty ? [] : [.text(text, start: first)]
        }
        var stretches: [Stretch] = []
        var start = 0
        /// Where the white space ends that was looked through last.
        var blanksEnd = 0
        func appendText(_ range: Range<Int>) {
            if !range.isEmpty { stretches.append(.text(TracedText(scalars[range]), start: first)) }
        }
        var characters = CharacterCount(scalars)
        for match in spellings.matches(in: scalars.flatMap { $0.scalar.utf8 }) {
            guard let token = tokens[match.id] else { continue }
            let found = characters.upTo(match.range.lowerBound)..<characters.upTo(match.range.upperBound)
            if splitsSpecials, token.isSpecial { continue }
            if token.isWholeWord, !isAlone(found, in: scalars) { continue }
            var own = found
            if token.takesSpaceBefore {
                while own.lowerBound > start, scalars[own.lowerBound - 1].scalar.isUnicodeWhiteSpace {
                    own = own.lowerBound - 1..<own.upperBound
                }
            }
            if token.takesSpaceBehind {
                // Many tokens may stand in the same white space, which is looked through once.
                if own.upperBound >= blanksEnd {
                    let end = scalars[own.upperBound...].firstIndex { !$0.scalar.isUnicodeWhiteSpace }
                    blanksEnd = end ?? scalars.count
                }
                own = own.lowerBound..<blanksEnd
            }
            if own.lowerBound > start { appendText(start..<own.lowerBound) }
            // A match in white space that the last token has taken counts all the same, as in the reference.
            if token.takesSpaceBefore {
                own = min(max(own.lowerBound, start), own.upperBound)..<own.upperBound
            }
            if let first = own.first, let last = own.last {
                let span = scalars[first].span.lowerBound..<scalars[last].span.upperBound
                stretches.append(.token(id: match.id, span: span))
            }
            start = own.upperBound
        }
        appendText(start..<scalars.count)
        return stretches
    }

    private func isAlone(_ range: Range<Int>, in scalars: [TracedScalar]) -> Bool {
        let before = range.lowerBound > 0 && scalars[range.lowerBound - 1].scalar.isWordCharacter
        let behind = range.upperBound < scalars.count && scalars[range.upperBound].scalar.isWordCharacter
        return !before && !behind
    }
}

/// How many characters lie before a byte; asked for one byte after another.
private struct CharacterCount {
    private let scalars: [TracedScalar]
    private var bytes = 0
    private var characters = 0

    init(_ scalars: [TracedScalar]) {
        self.scalars = scalars
    }

    mutating func upTo(_ byte: Int) -> Int {
        while bytes < byte, characters < scalars.count {
            bytes += scalars[characters].scalar.utf8.count
            characters += 1
        }
        return characters
    }
}
