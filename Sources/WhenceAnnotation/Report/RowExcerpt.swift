internal import WhenceRendering

/// A row in a few words.
struct RowExcerpt {
    private let row: AnnotatedLines.Row

    /// Characters on either side of a part, and at the beginning of a row.
    private static let (side, beginning) = (40, 120)
    /// Items on either side of one.
    private static let neighbours = 2

    init(_ row: AnnotatedLines.Row) {
        self.row = row
    }

    /// The row where a part explains, around that part; none if it does not.
    func example(of part: ReportedPart) -> [DatasetReport.Example] {
        let outline = row.outline
        for found in outline.smallest {
            guard let place = found.parts.first(where: { outline.parts[$0].part == part }) else { continue }
            let (before, spelt, after) = surroundings(of: place)
            return [
                DatasetReport.Example(
                    index: row.index, line: outline.line, before: before, part: spelt, after: after,
                    label: outline.label.name, outcome: found.outcome.name)
            ]
        }
        return []
    }

    /// How the row begins.
    var start: String {
        guard let text = row.outline.text else {
            return row.outline.parts.suffix(3).map(\.part.name).joined(separator: "; ")
        }
        return Self.cut(text.prefix(Self.beginning + 1), to: Self.beginning)
    }

    /// A part, what stands before and what behind it.
    private func surroundings(of place: Int) -> (String, String, String) {
        let parts = row.outline.parts
        guard let text = row.outline.text, let span = parts[place].span else {
            let before = parts[max(0, place - Self.neighbours)..<place].map { $0.part.name + "; " }.joined()
            let after = parts[(place + 1)...].prefix(Self.neighbours).map { "; " + $0.part.name }.joined()
            return (before, parts[place].part.name, after)
        }
        // A file can claim any span; subscripts round down to whole scalars.
        let bytes = text.utf8
        let start =
            bytes.index(bytes.startIndex, offsetBy: span.lowerBound, limitedBy: bytes.endIndex)
            ?? bytes.endIndex
        let end = bytes.index(start, offsetBy: span.count, limitedBy: bytes.endIndex) ?? bytes.endIndex
        let before = String(text[..<start].suffix(Self.side + 1).reversed())
        return (
            String(Self.cut(before, to: Self.side).reversed()), Self.plain(text[start..<end]),
            Self.cut(text[end...].prefix(Self.side + 1), to: Self.side)
        )
    }

    /// The text in one line.
    private static func plain(_ text: some Collection<Character>) -> String {
        String(text.map { $0.isWhitespace ? " " : $0 })
    }

    /// As much as fits, up to the end of a word where there is one.
    private static func cut(_ text: some Collection<Character>, to length: Int) -> String {
        let text = plain(text)
        guard text.count > length else { return text }
        let kept = text.prefix(length)
        let words = kept.lastIndex(of: " ").map { kept[..<$0] } ?? kept
        return (words.isEmpty ? kept : words) + "…"
    }
}

extension ExplanationOutline {
    /// Whether the prediction is the true label, by name or by number.
    var isRight: Bool {
        guard let gold else { return false }
        return gold.lowercased() == label.name.lowercased() || gold == labelIndex.map { "\($0)" }
            || gold == label.item
    }

    /// Whether the true label is one that the model can predict.
    var goldIsKnown: Bool {
        guard let gold else { return false }
        if isRight || label.item != nil { return true }
        return labels.contains { $0.lowercased() == gold.lowercased() }
            || (Int(gold).map { labels.indices.contains($0) } ?? false)
    }
}
