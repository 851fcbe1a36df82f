/// Two columns, the first as wide as its widest cell.
struct TextTable {
    private var rows: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: String) {
        rows.append((name, value))
    }

    /// One line a row.
    var lines: [String] {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value }
    }
}
