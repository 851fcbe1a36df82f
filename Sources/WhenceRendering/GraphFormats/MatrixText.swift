/// A table as text: cells between commas, semicolons, tabs or white space, in quotation marks where they hold
/// one of these or a line break (RFC 4180).
struct MatrixText {
    struct Cell {
        var text: String
        var isQuoted: Bool
    }

    struct Record {
        var cells: [Cell]
        /// The line that it begins in, from 1.
        var line: Int
    }

    private(set) var records: [Record] = []

    init(_ text: String, from path: String) throws(RenderingError) {
        var rest = text.unicodeScalars[...]
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        // The brackets of an array as NumPy prints it.
        let isPrinted = rest.first { !$0.properties.isWhitespace } == "["
        let delimiter = Self.delimiter(of: rest)
        var line = 1
        var record = Record(cells: [], line: 1)
        var cell = Cell(text: "", isQuoted: false)
        var isInside = false

        func isEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }
        func endCell() {
            if !cell.isQuoted { cell.text = String(Substring(cell.text).trimmed) }
            if delimiter != nil || cell.isQuoted || !cell.text.isEmpty { record.cells.append(cell) }
            cell = Cell(text: "", isQuoted: false)
        }
        func endRecord() {
            endCell()
            let isBlank = record.cells.allSatisfy { !$0.isQuoted && $0.text.isEmpty }
            if !isBlank { records.append(record) }
            record = Record(cells: [], line: line)
        }

        while let scalar = rest.popFirst() {
            if isInside {
                if scalar == "\"", rest.first == "\"" {
                    cell.text.unicodeScalars.append("\"")
                    rest.removeFirst()
                } else if scalar == "\"" {
                    isInside = false
                } else {
                    if scalar == "\n" { line += 1 }
                    cell.text.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"", cell.text.allSatisfy(\.isWhitespace) {
                cell = Cell(text: "", isQuoted: true)
                isInside = true
            } else if isEnd(scalar) {
                if scalar == "\r", rest.first == "\n" { rest.removeFirst() }
                line += 1
                endRecord()
            } else if scalar == delimiter || delimiter == nil && scalar.properties.isWhitespace {
                endCell()
            } else if isPrinted, scalar == "[" || scalar == "]" {
                continue
            } else if cell.isQuoted {
                guard scalar.properties.isWhitespace else {
                    throw GraphPlace(path, line: line).error(
                        "\(String(scalar).quoted()) behind the end of a cell in quotation marks")
                }
            } else {
                cell.text.unicodeScalars.append(scalar)
            }
        }
        guard !isInside else {
            throw GraphPlace(path, line: record.line).error("a cell in quotation marks has no end")
        }
        endRecord()
    }

    /// The first of comma, semicolon and tab outside quotation marks; `nil` for white space.
    private static func delimiter(of text: Substring.UnicodeScalarView) -> Unicode.Scalar? {
        var isInside = false
        var found: Set<Unicode.Scalar> = []
        for scalar in text {
            if scalar == "\"" { isInside.toggle() }
            if !isInside { found.insert(scalar) }
        }
        return [",", ";", "\t"].first { found.contains($0) }
    }
}
