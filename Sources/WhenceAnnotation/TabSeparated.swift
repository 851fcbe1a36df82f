internal import WhenceRendering

/// A tab-separated file as GLUE writes them: one header line, one row a line, quotes are literal.
struct TabSeparated {
    /// The file's name in messages.
    let name: String
    private let header: [Substring]
    private let lines: [Substring]

    /// Reads a file; `-` is the standard input.
    init(path: String) throws(AnnotationError) {
        name = path == "-" ? "standard input" : path
        let lines = TextLines.split(try TextFile.read(path))
        guard let first = lines.first else {
            throw .line(path: name, line: 1, reason: "the file is empty; a header line is expected.")
        }
        header = Self.fields(first)
        self.lines = lines
    }

    /// The index of a column.
    ///
    /// - Throws: `AnnotationError.line`, with the columns that there are.
    func column(_ field: String) throws(AnnotationError) -> Int {
        guard let index = header.firstIndex(where: { $0 == field }) else {
            throw .line(
                path: name, line: 1,
                reason: "the header has no column \u{201C}\(field)\u{201D}; it has: "
                    + header.joined(separator: ", ") + ".")
        }
        return index
    }

    /// The rows, each with its line counted from 1, made into values.
    ///
    /// - Throws: `AnnotationError.line` for a row of another width than the header; `.empty` without rows.
    func map<Value>(
        _ make: (_ line: Int, _ fields: [Substring]) throws(AnnotationError) -> Value
    ) throws(AnnotationError) -> [Value] {
        var rows: [Value] = []
        rows.reserveCapacity(lines.count)
        for (offset, line) in lines.enumerated().dropFirst() {
            let fields = Self.fields(line)
            guard fields.count == header.count else {
                throw .line(
                    path: name, line: offset + 1,
                    reason:
                        "\(NumberWording.count(fields.count, "field")), but the header has \(header.count). "
                        + "Fields are separated by tabs, and quotes have no meaning.")
            }
            rows.append(try make(offset + 1, fields))
        }
        guard !rows.isEmpty else { throw .empty(path: name) }
        return rows
    }

    private static func fields(_ line: Substring) -> [Substring] {
        line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { Substring($0) }
    }
}
