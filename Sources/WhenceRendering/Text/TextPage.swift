/// Lines of a terminal, filled from the top; no line is wider than the style allows.
struct TextPage {
    private let style: TextStyle
    let width: Int
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

    /// Adds a line as it is.
    mutating func addLine(_ runs: [StyledRun], indent: Int) {
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
