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
    private var verbatim = ByteTrie()
    /// Spellings, themselves normalised, that are looked for in the normalised text.
    private var normalized = ByteTrie()
    /// The token of which the normaliser leaves nothing; it is then found between any two characters.
    private var normalizedToNothing: Int?
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
        for (id, token) in order {
            guard token.isNormalized else {
                verbatim.insert(token.content.utf8, id)
                continue
            }
            let content = TracedText(original: token.content)
            let spelling = (normalizer?.normalized(content) ?? content).string.utf8
            if spelling.isEmpty, normalizedToNothing == nil { normalizedToNothing = id }
            if normalized.value(spelling) == nil { normalized.insert(spelling, id) }
        }
    }

    /// The text cut at added tokens, and normalised between them; no stretch is empty.
    ///
    /// - Complexity: O(bytes · length of the longest token).
    func split(_ text: TracedText) -> [Stretch] {
        cut(text, verbatim, empty: nil, start: 0).flatMap { stretch in
            guard case .text(let text, var start) = stretch else { return [stretch] }
            let result = normalizer?.normalized(text, start: &start) ?? text
            return cut(result, normalized, empty: normalizedToNothing, start: start)
        }
    }

    /// - Parameters:
    ///   - trie: the spellings that are looked for.
    ///   - empty: the token found where none of them is, unless one has just ended there. It stands for nothing but the
    ///     white space that it takes, yet it cuts the text.
    private func cut(_ text: TracedText, _ trie: ByteTrie, empty: Int?, start first: Int?) -> [Stretch] {
        let scalars = text.scalars
        guard !trie.isEmpty || empty != nil, !scalars.isEmpty else {
            return scalars.isEmpty ? [] : [.text(text, start: first)]
        }
        let bytes = scalars.flatMap { $0.scalar.utf8 }
        var stretches: [Stretch] = []
        var start = 0
        /// Where the white space ends that was looked through last.
        var blanksEnd = 0
        func appendText(_ range: Range<Int>) {
            if !range.isEmpty { stretches.append(.text(TracedText(scalars[range]), start: first)) }
        }
        var offset = 0
        var index = 0
        /// Where the last match ended.
        var lastEnd: Int?
        while index < scalars.count || empty != nil && lastEnd != index {
            guard
                let match = longestMatch(trie, in: bytes[offset...], at: index, scalars)
                    ?? empty.flatMap({ lastEnd == index ? nil : (index..<index, offset, $0) }),
                let token = tokens[match.id]
            else {
                offset += scalars[index].scalar.utf8.count
                index += 1
                continue
            }
            let found = match.range
            (offset, index, lastEnd) = (match.end, found.upperBound, found.upperBound)
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

    /// The longest spelling that begins at a character.
    ///
    /// - Returns: its characters, the end of its bytes and its token.
    private func longestMatch(
        _ trie: ByteTrie, in bytes: ArraySlice<UInt8>, at index: Int, _ scalars: [TracedScalar]
    ) -> (range: Range<Int>, end: Int, id: Int)? {
        guard let first = bytes.first, trie.child(of: ByteTrie.root, first) != nil,
            let match = trie.longestMatch(in: bytes),
            let found = range(match, at: index, offset: bytes.startIndex, in: scalars)
        else { return nil }
        return (found, match.end, match.value)
    }

    /// The characters of a match.
    private func range(
        _ match: (end: Int, value: Int), at index: Int, offset: Int, in scalars: [TracedScalar]
    ) -> Range<Int>? {
        var end = index
        var place = offset
        while place < match.end {
            place += scalars[end].scalar.utf8.count
            end += 1
        }
        return place == match.end ? index..<end : nil
    }

    private func isAlone(_ range: Range<Int>, in scalars: [TracedScalar]) -> Bool {
        let before = range.lowerBound > 0 && scalars[range.lowerBound - 1].scalar.isWordCharacter
        let behind = range.upperBound < scalars.count && scalars[range.upperBound].scalar.isWordCharacter
        return !before && !behind
    }
}
