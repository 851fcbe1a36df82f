/// A character on its way through preprocessing, with the bytes of the original text that it stands for.
struct TracedScalar: Sendable, Hashable {
    /// The character as it is now.
    var scalar: Unicode.Scalar
    /// UTF-8 byte offsets into the original text; equal for the parts of one character.
    var span: Range<Int>
}

/// A text on its way through preprocessing.
///
/// Every step that changes, drops, adds or reorders characters keeps for each one the bytes of the original
/// text it came from, so that a piece at the end of the way still knows its place.
/// Spans never go backwards: both their beginnings and their ends ascend.
struct TracedText: Sendable, Hashable {
    /// The characters in order.
    var scalars: [TracedScalar]

    /// Characters that have been traced already.
    init(_ scalars: some Sequence<TracedScalar> = []) {
        self.scalars = Array(scalars)
    }

    /// An original text, every character standing for itself.
    init(original text: String) {
        scalars = []
        scalars.reserveCapacity(text.utf8.count)
        var offset = 0
        for scalar in text.unicodeScalars {
            let end = offset + UTF8.width(scalar)
            scalars.append(TracedScalar(scalar: scalar, span: offset..<end))
            offset = end
        }
    }

    /// The characters as a string, without their places.
    var string: String {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars.lazy.map(\.scalar))
        return String(string)
    }

    /// The bytes of the original text from the first character to the last; `nil` when there is none.
    var span: Range<Int>? {
        guard let first = scalars.first, let last = scalars.last else { return nil }
        return first.span.lowerBound..<last.span.upperBound
    }

    /// Each character replaced by none, one or several, all of which stand for the same bytes.
    func mapped(_ replace: (Unicode.Scalar) -> [Unicode.Scalar]) -> TracedText {
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        for traced in scalars {
            for scalar in replace(traced.scalar) {
                result.append(TracedScalar(scalar: scalar, span: traced.span))
            }
        }
        return TracedText(result)
    }

    /// The stretches between characters that `isSeparator` holds for; no stretch is empty.
    func split(where isSeparator: (Unicode.Scalar) -> Bool) -> [TracedText] {
        scalars.split { isSeparator($0.scalar) }.map { TracedText($0) }
    }
}

extension TracedText {
    /// What Python's `" ".join(text.split())` gives: no white space at the ends, one blank for each run of it
    /// inside. That blank stands for the whole run.
    func collapsingWhiteSpace() -> TracedText {
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        var blanks: Range<Int>?
        for traced in scalars {
            if traced.scalar.isPythonWhiteSpace {
                blanks = (blanks?.lowerBound ?? traced.span.lowerBound)..<traced.span.upperBound
                continue
            }
            if let run = blanks, !result.isEmpty { result.append(TracedScalar(scalar: " ", span: run)) }
            blanks = nil
            result.append(traced)
        }
        return TracedText(result)
    }

    /// Two equal characters after each other replaced by one other, from left to right.
    func replacingPairs(of pair: Unicode.Scalar, by replacement: Unicode.Scalar) -> TracedText {
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        var index = 0
        while index < scalars.count {
            if scalars[index].scalar == pair, index + 1 < scalars.count, scalars[index + 1].scalar == pair {
                let span = scalars[index].span.lowerBound..<scalars[index + 1].span.upperBound
                result.append(TracedScalar(scalar: replacement, span: span))
                index += 2
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        return TracedText(result)
    }

    /// Without the marks that `isMark` holds for. A dropped mark belongs to the character that carried it: the
    /// span of that character grows over it.
    func droppingMarks(where isMark: (Unicode.Scalar) -> Bool) -> TracedText {
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        for traced in scalars {
            guard isMark(traced.scalar) else {
                result.append(traced)
                continue
            }
            guard let carrier = result.last, !carrier.scalar.isPythonWhiteSpace,
                carrier.span.upperBound == traced.span.lowerBound
            else { continue }
            result[result.count - 1].span = carrier.span.lowerBound..<traced.span.upperBound
        }
        return TracedText(result)
    }

    /// Without white space at the beginning, as Python's `lstrip`.
    func strippingLeadingWhiteSpace() -> TracedText {
        TracedText(scalars.drop { $0.scalar.isPythonWhiteSpace })
    }

    /// Without white space at the end, as Python's `rstrip`.
    func strippingTrailingWhiteSpace() -> TracedText {
        let end = scalars.lastIndex { !$0.scalar.isPythonWhiteSpace }.map { $0 + 1 } ?? 0
        return TracedText(scalars[..<end])
    }

    /// BERT's punctuation marks alone, and what stands between them.
    func splitAtPunctuation() -> [TracedText] {
        var result: [TracedText] = []
        var isOpen = false
        for traced in scalars {
            let isMark = traced.scalar.isBertPunctuation
            if isMark || !isOpen {
                result.append(TracedText([traced]))
            } else {
                result[result.count - 1].scalars.append(traced)
            }
            isOpen = !isMark
        }
        return result
    }
}
