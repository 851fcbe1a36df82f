import Whence

/// Samples in a file: a header with a name for each column, then one row a sample.
struct SampleFile {
    /// The file's name in messages.
    let name: String
    /// The names in the header.
    let names: [String]
    /// Rows left out because a value is missing.
    private(set) var droppedRowCount = 0
    private var reader: DelimitedText
    private let missing: DiscoverInput.MissingValues

    /// What a missing value is written as, in small letters.
    private static let missingValues: Set<String> = ["", "na", "n/a", "nan", "null", "?"]

    /// Opens a file and reads its header.
    ///
    /// - Throws: `AnnotationError`, naming the line.
    init(path: String, delimiter: Character, missing: DiscoverInput.MissingValues) throws {
        var reader = try DelimitedText(path: path, delimiter: delimiter)
        name = reader.name
        guard let header = try reader.next() else { throw AnnotationError.empty(path: name) }
        names = header.fields.map(\.withoutOuterBlanks)
        try Self.check(names, path: name, line: header.line, delimiter: delimiter)
        self.reader = reader
        self.missing = missing
    }

    /// Reads the rows as numbers.
    ///
    /// - Parameter progress: Told the number of rows, now and then.
    /// - Throws: `AnnotationError` or `DiscoverInputError`, naming line and column.
    mutating func numbers(progress: (Int) -> Void) throws -> SampleTable {
        let (names, path) = (names, name)
        var columns = [[Double]](repeating: [], count: names.count)
        var values = [Double](repeating: 0, count: names.count)
        try forEachRow(progress: progress) { row in
            for column in row.fields.indices {
                let text = row.fields[column]
                let value = Double(text) ?? Double(text.withoutOuterBlanks)
                if let value, value.isFinite {
                    values[column] = value
                    continue
                }
                guard !Self.isMissing(text) else { return column }
                throw AnnotationError.line(
                    path: path, line: row.line,
                    reason: "the column \(names[column].inQuotes) holds \(text.inQuotes), "
                        + (value == nil
                            ? "which is no number; for categories, give --test g2." : "which is not finite."))
            }
            for column in columns.indices { columns[column].append(values[column]) }
            return nil
        }
        return try translated { try SampleTable(names: names, columns: columns) }
    }

    /// Reads the rows as categories, each text a category of its column.
    ///
    /// - Parameter progress: Told the number of rows, now and then.
    /// - Throws: `AnnotationError` or `DiscoverInputError`, naming line and column.
    mutating func categories(progress: (Int) -> Void) throws -> CategoryTable {
        var columns = [[Int]](repeating: [], count: names.count)
        var known = [[String: Int]](repeating: [:], count: names.count)
        var values = [Int](repeating: 0, count: names.count)
        try forEachRow(progress: progress) { row in
            for column in row.fields.indices {
                let text = row.fields[column].withoutOuterBlanks
                if let number = known[column][text] {
                    values[column] = number
                } else {
                    guard !Self.isMissing(text) else { return column }
                    values[column] = known[column].count
                    known[column][text] = values[column]
                }
            }
            for column in columns.indices { columns[column].append(values[column]) }
            return nil
        }
        for (column, values) in columns.enumerated() where values.allSatisfy({ $0 == values[0] }) {
            let value = known[column].first { $0.value == values[0] }?.key
            throw constant(names[column], value: value ?? "")
        }
        return try translated { try CategoryTable(names: names, columns: columns) }
    }

    /// Reads row after row.
    ///
    /// - Parameter use: Takes a row, or returns the first column in which a value is missing.
    private mutating func forEachRow(
        progress: (Int) -> Void, _ use: (DelimitedText.Record) throws -> Int?
    ) throws {
        var count = 0
        while let row = try reader.next() {
            guard row.fields.count == names.count else {
                throw AnnotationError.line(
                    path: name, line: row.line,
                    reason: "\(row.fields.count) \(row.fields.count == 1 ? "value" : "values"), "
                        + "but the header has \(names.count) \(names.count == 1 ? "name" : "names").")
            }
            if let column = try use(row) {
                guard missing == .drop else {
                    throw AnnotationError.line(
                        path: name, line: row.line,
                        reason: "the value of \(names[column].inQuotes) is missing; "
                            + "--missing drop leaves out such rows.")
                }
                droppedRowCount += 1
                continue
            }
            count += 1
            if count % 1_000 == 0 { progress(count) }
        }
        guard count >= 4 else {
            let rows =
                "\(count) \(count == 1 ? "row" : "rows")"
                + (droppedRowCount > 0 ? " without a missing value" : "")
            throw DiscoverInputError(
                path: name, reason: "\(rows) \(count == 1 ? "is" : "are") too few; tests need 4 or more")
        }
    }

    private static func isMissing(_ field: String) -> Bool {
        missingValues.contains(field.withoutOuterBlanks.lowercased())
    }

    private func translated<Table>(_ make: () throws -> Table) throws -> Table {
        do {
            return try make()
        } catch DiscoveryError.constantColumn(let name, let value) {
            throw constant(name, value: value.map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 } ?? "")
        } catch let error as DiscoveryError {
            throw DiscoverInputError(path: name, reason: "\(error)")
        }
    }

    private func constant(_ column: String, value: String) -> DiscoverInputError {
        DiscoverInputError(
            path: name,
            reason: "the column \(column.inQuotes) is \(value) in every row, so nothing can depend on it; "
                + "leave it out")
    }

    private static func check(_ names: [String], path: String, line: Int, delimiter: Character) throws {
        func refuse(_ reason: String) -> AnnotationError { .line(path: path, line: line, reason: reason) }
        if names.count == 1, let only = names.first,
            let other = [";", "\t", ","].first(where: { only.contains($0) && $0 != "\(delimiter)" })
        {
            throw refuse(
                "the header is a single name with \(other == "\t" ? "tabs" : "\u{201C}\(other)\u{201D}") in it; "
                    + "give --delimiter \(other == "\t" ? "tab" : "'\(other)'").")
        }
        if let column = names.firstIndex(of: "") {
            throw refuse(
                "column \(column + 1) has no name"
                    + (column == 0 ? "; if it numbers the rows, leave it out." : "."))
        }
        var seen: Set<String> = []
        if let name = names.first(where: { !seen.insert($0).inserted }) {
            throw refuse("two columns are named \(name.inQuotes).")
        }
        let counting = names.indices.map(String.init)
        if names.allSatisfy({ Double($0) != nil }), names != counting,
            names.dropLast() != counting.dropFirst()
        {
            throw refuse(
                "the first line holds numbers only; a header with a name for each column is expected.")
        }
    }
}

extension String {
    /// Between typographic quotes, as messages show what a file holds.
    var inQuotes: String { "\u{201C}\(self)\u{201D}" }

    /// Without blanks at the ends.
    var withoutOuterBlanks: String {
        guard first == " " || last == " " || first == "\t" || last == "\t" else { return self }
        let start = drop { $0 == " " || $0 == "\t" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...end])
    }
}
