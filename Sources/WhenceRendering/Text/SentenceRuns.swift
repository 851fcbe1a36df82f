internal import WhenceLoader

/// The sentence as the model saw it, with parts highlighted.
enum SentenceRuns {
    /// The part of the text that the model sees, white space as single spaces.
    ///
    /// A character is highlighted when one of its bytes is in a span, so that a span that a tokenizer ended
    /// inside a character does no harm.
    /// - Parameters:
    ///   - input: text and limit.
    ///   - spans: UTF-8 ranges, ascending and apart.
    ///   - bracketed: puts `[[` and `]]` around highlighted parts.
    static func runs(
        _ input: TokenizedText, highlighting spans: [Range<Int>], bracketed: Bool
    ) -> [StyledRun] {
        var runs: [StyledRun] = []
        var openSpan: Int?
        var spanIndex = 0
        var offset = 0

        func put(_ text: String, _ role: TextRole) {
            if let last = runs.last, last.role == role {
                runs[runs.count - 1].text += text
            } else {
                runs.append(StyledRun(text, role))
            }
        }
        func closeSpan() {
            if openSpan != nil, bracketed { put("]]", .highlight) }
            openSpan = nil
        }
        for character in input.text {
            if let limit = input.unseenFrom, offset >= limit { break }
            let end = offset + character.utf8.count
            if let limit = input.unseenUntil, end <= limit {
                offset = end
                continue
            }
            while spanIndex < spans.count, spans[spanIndex].upperBound <= offset { spanIndex += 1 }
            let isInside = spanIndex < spans.count && spans[spanIndex].lowerBound < end
            if character.isWhitespace {
                closeSpan()
                put(" ", .plain)
            } else if isInside {
                if openSpan != spanIndex {
                    closeSpan()
                    if bracketed { put("[[", .highlight) }
                    openSpan = spanIndex
                }
                put(String(character).escapedForDisplay, .highlight)
            } else {
                closeSpan()
                put(String(character).escapedForDisplay, .plain)
            }
            offset = end
        }
        closeSpan()
        return runs
    }

    /// Where the model's sight ends, or, of a text cut at the beginning, where it begins: the position in characters,
    /// counted from 1, and how the text goes on there. `nil` if it sees everything.
    static func border(_ input: TokenizedText) -> (position: Int, beginning: String)? {
        guard let limit = input.unseenUntil ?? input.unseenFrom else { return nil }
        var offset = 0
        var position = 1
        var rest = input.text[...]
        while let character = rest.first, offset < limit {
            offset += character.utf8.count
            position += 1
            rest = rest.dropFirst()
        }
        return (position, String(rest.drop(while: \.isWhitespace).prefix(64)).quoted(maximumWidth: 24))
    }
}
