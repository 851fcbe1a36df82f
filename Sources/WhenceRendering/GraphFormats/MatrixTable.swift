/// A square matrix of whole numbers over named variables, as CSV.
///
/// Cells are separated by commas, semicolons, tabs or white space, whichever the file has. The first line may
/// hold the names, and with it the first cell of every line may repeat them, as R's `write.csv` and pandas
/// write it. Numbers may be spelt like `1.000e+00`, and rows stand in brackets, as NumPy shows them.
struct MatrixTable {
    let path: String
    let names: [String]
    let rows: [[Int]]
    /// The line that each row stands in.
    let lines: [Int]

    init(_ text: String, from path: String) throws(RenderingError) {
        self.path = path
        var records = try MatrixText(text, from: path).records
        guard let first = records.first else {
            throw GraphPlace(path).error("the file is empty; expected a matrix")
        }
        var header: [MatrixText.Cell]?
        if first.cells.contains(where: { $0.isQuoted || Double($0.text) == nil }) {
            header = first.cells
            records.removeFirst()
        }
        let count = records.count
        guard count > 0 else { throw GraphPlace(path).error("there are no rows of numbers") }
        guard count <= NamedGraph.maximumNodeCount else {
            throw GraphPlace(path).error(
                "\(count) rows; at most \(NamedGraph.maximumNodeCount) nodes are read")
        }
        let hasRowNames = header != nil && records.allSatisfy { $0.cells.count == count + 1 }
        if let header {
            // With names in front of the rows, the header may have a cell above them.
            let spelt = (hasRowNames && header.count == count + 1 ? header.dropFirst() : header[...]).map(
                \.text)
            guard spelt.count == count else {
                throw GraphPlace(path, line: first.line).error(
                    "\(NumberWording.count(spelt.count, "name")) for \(NumberWording.count(count, "row")); expected a square matrix"
                )
            }
            names = spelt
        } else {
            names = (0..<count).map { "X\($0 + 1)" }
        }
        var rows: [[Int]] = []
        for (row, record) in records.enumerated() {
            let place = GraphPlace(path, line: record.line)
            if hasRowNames, record.cells[0].text != names[row] {
                throw place.error(
                    "the row is named \(record.cells[0].text.quoted()); expected \(names[row].quoted()), as in "
                        + "the first line")
            }
            let cells = hasRowNames ? record.cells.dropFirst() : record.cells[...]
            guard cells.count == count else {
                throw place.error(
                    "\(NumberWording.count(cells.count, "number")); expected \(count), as many as there are rows"
                )
            }
            var numbers: [Int] = []
            for (column, cell) in cells.enumerated() {
                guard let number = Self.number(cell.text) else {
                    throw place.error(
                        "column \(column + 1) holds \(cell.text.quoted()); expected a whole number")
                }
                numbers.append(number)
            }
            guard numbers[row] == 0 else {
                throw place.error(
                    "\(numbers[row]) on the diagonal; expected 0, since no node has an edge to itself")
            }
            rows.append(numbers)
        }
        self.rows = rows
        lines = records.map(\.line)
    }

    private static func number(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        return Double(text).flatMap { Int(exactly: $0) }
    }

    /// A graph over the names, its edges yet to come.
    func assembly() throws(RenderingError) -> GraphAssembly {
        var assembly = GraphAssembly(path: path)
        for name in names { try assembly.addNode(name, at: GraphPlace(path)) }
        return assembly
    }

    /// Where the entries (a, b) and (b, a) stand, for errors.
    func place(_ a: Int, _ b: Int) -> GraphPlace {
        GraphPlace(
            path,
            "entries (\(a + 1), \(b + 1)) and (\(b + 1), \(a + 1)) in lines \(lines[a]) and \(lines[b])")
    }
}

extension NamedGraph {
    /// A matrix over the graph's nodes as CSV.
    ///
    /// - Parameters:
    ///   - hasRowNames: whether names stand in front of the rows too, as R writes and reads them.
    ///   - entry: the number in row `a`, column `b`.
    /// - Throws: `RenderingError.unwritable` for a graph without nodes, with latent or selection variables, or
    ///   with control characters in names.
    func matrix(
        as format: GraphFormat, hasRowNames: Bool, entry: (Int, Int) -> Int
    ) throws(RenderingError) -> String {
        guard !names.isEmpty else {
            throw .unwritable(format: format, problem: "it has no nodes, and a matrix at least one row")
        }
        if let node = roles.firstIndex(where: { $0 != .observed }) {
            throw .unwritable(
                format: format,
                problem:
                    "\(names[node].quoted()) is a \(roles[node].rawValue) variable, which a matrix does not tell "
                    + "from an observed one")
        }
        try refuseControlCharacters(in: format, except: "\n")
        let cells = names.map { "\"" + $0.replacingQuotationMarks(with: "\"\"") + "\"" }
        var lines = [((hasRowNames ? ["\"\""] : []) + cells).joined(separator: ",")]
        for a in names.indices {
            let row = names.indices.map { "\(entry(a, $0))" }
            lines.append(((hasRowNames ? [cells[a]] : []) + row).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
