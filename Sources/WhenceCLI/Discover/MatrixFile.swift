import Whence

/// A square matrix in a CSV file, with or without a header line of names.
struct MatrixFile {
    /// The file's name in messages.
    let path: String
    /// The header's names, or `X1`, `X2`, ….
    let names: [String]
    /// Row after row.
    let elements: [Double]

    /// Reads a file; `-` is the standard input.
    ///
    /// - Throws: `AnnotationError`, naming the line.
    init(path: String) throws {
        let name = path == "-" ? "standard input" : path
        self.path = name
        let lines = try TextFile.read(path).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var rows = lines.enumerated().filter { !$0.element.allSatisfy(\.isWhitespace) }.map {
            offset, line in
            (
                line: offset + 1,
                cells: line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
            )
        }
        guard let first = rows.first else { throw AnnotationError.empty(path: name) }
        if first.cells.contains(where: { Double($0) == nil }) {
            names = first.cells.map { String($0.unquoted) }
            rows.removeFirst()
        } else {
            names = first.cells.indices.map { "X\($0 + 1)" }
        }
        guard rows.count == names.count else {
            throw AnnotationError.line(
                path: name, line: rows.last?.line ?? 1,
                reason: "\(rows.count) rows, but \(names.count) columns; a square matrix is expected.")
        }
        var elements: [Double] = []
        for row in rows {
            guard row.cells.count == names.count else {
                throw AnnotationError.line(
                    path: name, line: row.line,
                    reason: "\(row.cells.count) columns, but the first line has \(names.count).")
            }
            for (column, cell) in row.cells.enumerated() {
                guard let value = Double(cell) else {
                    throw AnnotationError.line(
                        path: name, line: row.line,
                        reason: "column \(column + 1) holds \u{201C}\(cell)\u{201D}, which is no number.")
                }
                elements.append(value)
            }
        }
        self.elements = elements
    }
}

extension Substring {
    /// Without white space at the ends.
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }

    /// Without the quotes of a quoted cell.
    fileprivate var unquoted: Substring {
        count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? dropFirst().dropLast() : self
    }
}
