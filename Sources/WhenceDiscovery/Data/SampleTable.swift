/// Samples of numeric variables, one column a variable.
public struct SampleTable: Sendable, Hashable {
    /// The variables' names, each its own.
    public let names: [String]
    /// `[variables][samples]`; every value is finite and no column constant.
    public let columns: [[Double]]

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - names: One for each variable.
    ///   - columns: `[variables][samples]`.
    /// - Throws: `DiscoveryError.names`, `.columnLength`, `.value` or `.constantColumn` for what is no table of
    ///   samples.
    public init(names: [String], columns: [[Double]]) throws {
        try VariableNames.check(names, columnCount: columns.count)
        for (name, column) in zip(names, columns) {
            guard column.count == columns[0].count else {
                throw DiscoveryError.columnLength(
                    name: name, length: column.count, expected: columns[0].count)
            }
            if let row = column.firstIndex(where: { !$0.isFinite }) {
                throw DiscoveryError.value(name: name, row: row, value: "\(column[row])")
            }
            guard column.contains(where: { $0 != column[0] }) else {
                throw DiscoveryError.constantColumn(name: name, value: column.first.map { "\($0)" })
            }
        }
        self.names = names
        self.columns = columns
    }

    /// Number of samples; 0 without variables.
    public var sampleCount: Int { columns.first?.count ?? 0 }

    /// Number of variables.
    public var variableCount: Int { columns.count }
}

/// What names of variables have to be.
enum VariableNames {
    /// - Throws: `DiscoveryError.names` unless there is one for each column, none empty, none twice.
    static func check(_ names: [String], columnCount: Int) throws {
        guard names.count == columnCount else {
            throw DiscoveryError.names("\(names.count) names were given for \(columnCount) columns")
        }
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else { throw DiscoveryError.names("column \(index + 1) has no name") }
            guard seen.insert(name).inserted else {
                throw DiscoveryError.names("two columns are named \u{201C}\(name)\u{201D}")
            }
        }
    }
}
