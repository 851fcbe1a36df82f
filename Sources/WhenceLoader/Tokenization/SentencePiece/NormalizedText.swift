/// A text after SentencePiece's normalisation, as bytes.
struct NormalizedText: Sendable {
    /// One normalised character's worth of knowledge, kept for each of its bytes.
    struct Byte: Sendable {
        /// The byte.
        var value: UInt8
        /// UTF-8 byte offsets into the original text of what the character came from; empty for a blank that
        /// normalisation adds.
        var span: Range<Int>
        /// True when it is a blank, or came from white space or from nothing: it marks where a word begins, and
        /// stands for no character that is seen.
        var isBlank: Bool
        /// Where the rule that made it began, as an offset into the bytes that were normalised.
        var begin: Int
    }

    /// The bytes in order.
    var bytes: [Byte] = []

    /// The bytes of the original text that a range of normalised bytes stands for.
    ///
    /// Blanks count only where there is nothing else: `▁great` stands for `great`, and `▁` alone for the white
    /// space before the word, or for the empty range at its beginning when there is none.
    func span(of range: Range<Int>) -> Range<Int> {
        var seen: Range<Int>?
        var blank: Range<Int>?
        for byte in bytes[range] {
            if byte.isBlank {
                blank = blank.map { $0.joined(with: byte.span) } ?? byte.span
            } else {
                seen = seen.map { $0.joined(with: byte.span) } ?? byte.span
            }
        }
        return seen ?? blank ?? 0..<0
    }
}

extension Range<Int> {
    /// The smallest range that holds both.
    func joined(with other: Range<Int>) -> Range<Int> {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}
