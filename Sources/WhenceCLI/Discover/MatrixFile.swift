import Whence

/// A square matrix of numbers in a file, with or without a header line of names and a first column of the same names.
struct MatrixFile {
    /// The file's name in messages.
    let path: String
    /// The header's names, or `X1`, `X2`, ….
    let names: [String]
    /// Row after row.
    let elements: [Double]
    /// The line of each row.
    private let lines: [Int]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: `-` is the standard input.
    ///   - delimiter: What separates the fields.
    /// - Throws: `AnnotationError`, naming the line.
    init(path: String, delimiter: Character) throws {
        var reader = try DelimitedText(path: path, delimiter: delimiter)
        let name = reader.name
        var rows: [DelimitedText.Record] = []
        while let row = try reader.next() { rows.append(row) }
        guard let first = rows.first else { throw AnnotationError.empty(path: name) }
        var header: [String]?
        if first.fields.contains(where: { Double($0.withoutOuterBlanks) == nil })
            || rows.count == first.fields.count + 1
        {
            header = first.fields.map(\.withoutOuterBlanks)
            rows.removeFirst()
        }
        if let found = header, let width = rows.first?.fields.count {
            // Tables written by R and pandas name their rows too.
            if found.first == "", width == found.count { header = Array(found.dropFirst()) }
            if let names = header, width == names.count + 1 {
                try Self.takeRowNames(names, from: &rows, name)
            }
        }
        let names = header ?? first.fields.indices.map { "X\($0 + 1)" }
        try Self.check(names, path: name, line: first.line)
        guard rows.count == names.count else {
            throw AnnotationError.line(
                path: name, line: rows.last?.line ?? first.line,
                reason:
                    "\(rows.count.counted("row")), but \(names.count.counted("column")); "
                    + "a square matrix is expected.")
        }
        elements = try rows.flatMap { try Self.numbers($0, names, path: name) }
        lines = rows.map(\.line)
        (self.path, self.names) = (name, names)
    }

    /// Whether every entry above the diagonal is 0.
    var isLowerTriangular: Bool {
        names.indices.allSatisfy { row in
            elements[row * names.count..<(row + 1) * names.count].dropFirst(row + 1).allSatisfy { $0 == 0 }
        }
    }

    /// A sentence for what the library refused, with lines and names in the place of indices.
    func refusal(_ error: DiscoveryError) -> any Error {
        func at(_ row: Int, _ reason: String) -> AnnotationError {
            .line(path: path, line: lines[row], reason: reason + ".")
        }
        func correlation(_ row: Int, _ column: Int) -> String {
            "the correlation of \(names[row].inQuotes) and \(names[column].inQuotes)"
        }
        return switch error {
        case .notFinite(let row, let column): at(row, "\(correlation(row, column)) is not finite")
        case .notSymmetric(let row, let column, let value, let mirrored):
            at(column, "\(correlation(row, column)) is \(mirrored) here, but \(value) on line \(lines[row])")
        case .diagonal(let row, let value):
            at(
                row,
                "\(names[row].inQuotes) has correlation \(value) with itself instead of 1; "
                    + "divide a covariance by the standard deviations first")
        case .outOfRange(let row, let column, let value):
            at(row, "\(correlation(row, column)) is \(value), outside -1 to 1")
        case .indefinite(let row):
            at(
                row,
                "the correlations of \(names[row].inQuotes) contradict those of the rows before: the matrix has a "
                    + "negative eigenvalue, so no data can have it")
        case .attention(let row, let column, let value):
            at(
                row,
                "the attention of \(names[row].inQuotes) to \(names[column].inQuotes) is \(value); "
                    + "weights are finite and not negative")
        case .rowSum(let row, let sum):
            at(row, "the attention weights of \(names[row].inQuotes) add up to \(sum) instead of 1")
        default: DiscoverInputError(path: path, reason: "\(error)")
        }
    }

    /// Takes away the first field of every row, which has to be the name of its column.
    private static func takeRowNames(
        _ names: [String], from rows: inout [DelimitedText.Record], _ path: String
    )
        throws
    {
        for index in rows.indices {
            let own = rows[index].fields.removeFirst().withoutOuterBlanks
            guard index >= names.count || own == names[index] else {
                throw AnnotationError.line(
                    path: path, line: rows[index].line,
                    reason:
                        "the row is named \(own.inQuotes), but column \(index + 1) is \(names[index].inQuotes)."
                )
            }
        }
    }

    private static func check(_ names: [String], path: String, line: Int) throws {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else {
                throw AnnotationError.line(
                    path: path, line: line, reason: "column \(index + 1) has no name.")
            }
            guard seen.insert(name).inserted else {
                throw AnnotationError.line(
                    path: path, line: line,
                    reason: "two columns are named \(name.inQuotes); give each a name of its own.")
            }
        }
    }

    private static func numbers(_ row: DelimitedText.Record, _ names: [String], path: String) throws
        -> [Double]
    {
        guard row.fields.count == names.count else {
            throw AnnotationError.line(
                path: path, line: row.line,
                reason:
                    "\(row.fields.count.counted("column")), but the first line has \(names.count).")
        }
        return try row.fields.enumerated().map { column, field in
            guard let value = Double(field.withoutOuterBlanks) else {
                throw AnnotationError.line(
                    path: path, line: row.line,
                    reason: "column \(column + 1) holds \(field.inQuotes), which is no number.")
            }
            return value
        }
    }
}
