/// Lines of a terminal, filled from the top; no line is wider than the style allows.
struct TextPage {
    private let style: TextStyle
    private let width: Int
    private var lines: [String] = []

    init(style: TextStyle) {
        self.style = style
        width = max(style.width, TextStyle.minimumWidth)
    }

    /// Everything so far, with a line break at its end.
    var text: String { lines.joined(separator: "\n") + "\n" }

    mutating func addBlankLine() { lines.append("") }

    mutating func addHeading(_ text: String) {
        addBlankLine()
        addParagraph([StyledRun(text, .heading)])
    }

    /// Adds running text, broken at white space; what is wider than a line is broken anywhere.
    mutating func addParagraph(_ runs: [StyledRun], indent: Int = 0, hanging: Int? = nil) {
        let hanging = hanging ?? indent
        var line: [StyledRun] = []
        var column = indent
        var isEmpty = true
        var margin = indent

        func finish(_ page: inout TextPage) {
            page.addLine(line, indent: margin)
            (line, column, margin, isEmpty) = ([], hanging, hanging, true)
        }
        for atom in Self.atoms(runs) {
            let atomWidth = atom.reduce(0) { $0 + $1.width }
            let gap = isEmpty ? 0 : 1
            if !isEmpty, column + gap + atomWidth > width, atomWidth <= width - hanging { finish(&self) }
            if !isEmpty {
                // A gap inside one role belongs to it, except that a highlight ends with its word.
                let role = line.last?.role
                line.append(
                    StyledRun(" ", role == atom.first?.role && role != .highlight ? role ?? .plain : .plain))
                column += 1
            }
            if column + atomWidth <= width {
                line += atom
                column += atomWidth
                isEmpty = false
                continue
            }
            for run in atom {
                for character in run.text {
                    if column + character.displayWidth > width { finish(&self) }
                    Self.append(character, run.role, to: &line)
                    column += character.displayWidth
                    isEmpty = false
                }
            }
        }
        if !isEmpty { finish(&self) }
    }

    /// Adds a line that keeps its spaces, or, where it does not fit, a paragraph.
    mutating func addLine(_ runs: [StyledRun]) {
        if runs.reduce(0, { $0 + $1.width }) <= width {
            addLine(runs, indent: 0)
        } else {
            addParagraph(runs)
        }
    }

    /// Adds rows whose cells stand below one another, or, where they do not fit, as paragraphs.
    ///
    /// In a table, a first cell that repeats the one above it is left blank.
    mutating func addTable(_ rows: [[StyledRun]], indent: Int = 2) {
        let columnCount = rows.map(\.count).max() ?? 0
        let widths = (0..<columnCount).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].width : 0 }.max() ?? 0
        }
        let total = widths.reduce(indent) { $0 + $1 + 2 } - 2
        guard total <= width else {
            for row in rows {
                let cells = row.filter { !$0.text.isEmpty }
                let runs = cells.flatMap { [$0, StyledRun(" ")] }
                addParagraph(runs, indent: indent, hanging: indent + 4)
            }
            return
        }
        for (position, row) in rows.enumerated() {
            var line: [StyledRun] = []
            for (column, cell) in row.enumerated() {
                let repeats = column == 0 && position > 0 && rows[position - 1].first?.text == cell.text
                line.append(
                    repeats ? StyledRun(String(repeating: " ", count: cell.width)) : cell)
                if row[(column + 1)...].contains(where: { !$0.text.isEmpty }) {
                    line.append(StyledRun(String(repeating: " ", count: widths[column] - cell.width + 2)))
                }
            }
            addLine(line, indent: indent)
        }
    }

    private mutating func addLine(_ runs: [StyledRun], indent: Int) {
        var shown = runs
        while let last = shown.last, last.text.allSatisfy({ $0 == " " }) { shown.removeLast() }
        var merged: [StyledRun] = []
        for run in shown {
            if let last = merged.last, last.role == run.role {
                merged[merged.count - 1].text += run.text
            } else {
                merged.append(run)
            }
        }
        let text = merged.map { $0.rendered(colour: style.colour) }.joined()
        lines.append(text.isEmpty ? "" : String(repeating: " ", count: indent) + text)
    }

    /// The runs cut at spaces; runs that touch without one stay together.
    private static func atoms(_ runs: [StyledRun]) -> [[StyledRun]] {
        var atoms: [[StyledRun]] = []
        var current: [StyledRun] = []
        for run in runs {
            var piece = ""
            for character in run.text {
                if character == " " {
                    if !piece.isEmpty { current.append(StyledRun(piece, run.role)) }
                    if !current.isEmpty { atoms.append(current) }
                    (piece, current) = ("", [])
                } else {
                    piece.append(character)
                }
            }
            if !piece.isEmpty { current.append(StyledRun(piece, run.role)) }
        }
        if !current.isEmpty { atoms.append(current) }
        return atoms
    }

    private static func append(_ character: Character, _ role: TextRole, to line: inout [StyledRun]) {
        if let last = line.last, last.role == role {
            line[line.count - 1].text.append(character)
        } else {
            line.append(StyledRun(String(character), role))
        }
    }
}
