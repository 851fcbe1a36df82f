extension TextPage {
    /// A flexible column is not made narrower than this.
    private static let minimumFlexibleWidth = 24

    /// Adds rows whose cells stand below one another.
    ///
    /// A first cell that repeats the one above it is left blank. Where the rows are wider than the page, the
    /// flexible column is wrapped; where that would leave too little of it, rows become paragraphs.
    mutating func addTable(_ rows: [[StyledRun]], flexible: Int, indent: Int = 2) {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.width)
            }
        }
        let gaps = 2 * max(0, widths.count { $0 > 0 } - 1)
        let excess = widths.reduce(indent + gaps, +) - width
        if excess > 0 {
            guard widths[flexible] - excess >= Self.minimumFlexibleWidth else {
                for row in rows { addAsParagraph(row, indent: indent) }
                return
            }
            widths[flexible] -= excess
        }
        for (position, row) in rows.enumerated() {
            let repeats = position > 0 && row.first?.text == rows[position - 1].first?.text
            let wrapped = row.enumerated().map { column, cell in
                if repeats, column == 0 { return [""] }
                return column == flexible ? Self.wrap(cell.text, width: widths[column]) : [cell.text]
            }
            for line in 0..<(wrapped.map(\.count).max() ?? 0) {
                let cells = zip(row, wrapped).map { cell, lines in
                    StyledRun(lines.indices.contains(line) ? lines[line] : "", cell.role)
                }
                addLine(Self.aligned(cells, widths: widths), indent: indent)
            }
        }
    }

    private mutating func addAsParagraph(_ row: [StyledRun], indent: Int) {
        let runs = row.filter { !$0.text.isEmpty }.flatMap { [$0, StyledRun(" ")] }
        addParagraph(runs, indent: indent, hanging: indent + 4)
    }

    /// Cells and the space between them; columns without content take none.
    private static func aligned(_ cells: [StyledRun], widths: [Int]) -> [StyledRun] {
        zip(cells, widths).flatMap { cell, width in
            width == 0
                ? [] : [cell, StyledRun(String(repeating: " ", count: max(0, width - cell.width) + 2))]
        }
    }

    /// Lines of whole words; a single word that is wider is elided.
    private static func wrap(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.displayWidth + 1 + word.displayWidth <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(word.elided(toWidth: width))
            }
        }
        return lines
    }
}
