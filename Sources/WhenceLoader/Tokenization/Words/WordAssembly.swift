/// Says which tokens make up which word.
///
/// - A token belongs to the word whose bytes it covers. Where it covers bytes of several, these become one word.
/// - A token that covers white space only, or nothing, announces the next token's word and belongs to it; at
///   the end of the text it belongs to the word before it. Without any word, its white space is one.
/// - Words without tokens (dropped characters, or the unseen end of a text) are left out.
enum WordAssembly {
    /// The words of a text that has been cut into `tokens`, whose spans ascend.
    ///
    /// - Complexity: O(characters + tokens).
    static func words(of text: String, tokens: [Token]) -> [Word] {
        let spans = WordBoundaries.spans(of: text)
        var groups: [Group] = []
        /// Tokens that wait for the next word.
        var waiting: [Int] = []
        var cursor = 0
        for (index, token) in tokens.enumerated() {
            guard let span = token.span else { continue }
            while cursor < spans.count, spans[cursor].upperBound <= span.lowerBound { cursor += 1 }
            var end = cursor
            while end < spans.count, spans[end].lowerBound < span.upperBound { end += 1 }
            guard end > cursor, !span.isEmpty else {
                waiting.append(index)
                continue
            }
            if let last = groups.indices.last, groups[last].words.overlaps(cursor..<end) {
                groups[last].words = groups[last].words.joined(with: cursor..<end)
                groups[last].tokens += waiting + [index]
            } else {
                groups.append(Group(words: cursor..<end, tokens: waiting + [index]))
            }
            waiting = []
        }
        if let last = groups.indices.last {
            groups[last].tokens += waiting
        } else if let first = waiting.first, let last = waiting.last,
            let start = tokens[first].span?.lowerBound, let end = tokens[last].span?.upperBound
        {
            return [word(start..<max(start, end), of: text, tokens: waiting)]
        }
        return groups.map { group in
            let first = spans[group.words.lowerBound]
            let last = spans[group.words.upperBound - 1]
            return word(first.lowerBound..<last.upperBound, of: text, tokens: group.tokens)
        }
    }

    /// Words next to each other that became one, and its tokens.
    private struct Group {
        var words: Range<Int>
        var tokens: [Int]
    }

    private static func word(_ span: Range<Int>, of text: String, tokens: [Int]) -> Word {
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: span.lowerBound)
        let end = bytes.index(start, offsetBy: span.count)
        return Word(text: String(decoding: bytes[start..<end], as: UTF8.self), span: span, tokens: tokens)
    }
}
