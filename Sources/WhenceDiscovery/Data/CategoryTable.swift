/// Samples of categorical variables, one column a variable.
public struct CategoryTable: Sendable, Hashable {
    /// The variables' names, each its own.
    public let names: [String]
    /// Number of samples.
    public let sampleCount: Int
    /// Number of categories that occur of each variable; 2 or more.
    public let categoryCounts: [Int]
    /// `[variables][samples]`, numbers of categories from 0 in the order of their first sample.
    let codes: [[Int32]]
    /// A number for each variable that depends on nothing but its samples.
    let keys: [UInt64]

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - names: One for each variable.
    ///   - columns: `[variables][samples]`; equal values are one category.
    /// - Throws: `DiscoveryError.names`, `.columnLength` or `.constantColumn` for what is no table of samples.
    public init<Value: Hashable>(names: [String], columns: [[Value]]) throws {
        try VariableNames.check(names, columnCount: columns.count)
        var codes: [[Int32]] = []
        var counts: [Int] = []
        for (name, column) in zip(names, columns) {
            guard column.count == columns[0].count else {
                throw DiscoveryError.columnLength(
                    name: name, length: column.count, expected: columns[0].count)
            }
            var numbers: [Value: Int32] = [:]
            codes.append(
                column.map { value in
                    let next = Int32(truncatingIfNeeded: numbers.count)
                    return numbers[value]
                        ?? {
                            numbers[value] = next
                            return next
                        }()
                })
            guard numbers.count > 1 else {
                throw DiscoveryError.constantColumn(name: name, value: column.first.map { "\($0)" })
            }
            counts.append(numbers.count)
        }
        self.names = names
        self.codes = codes
        categoryCounts = counts
        sampleCount = columns.first?.count ?? 0
        keys = codes.map { $0.reduce(0) { ContentKey.extend($0, by: UInt64(truncatingIfNeeded: $1)) } }
    }

    /// Number of variables.
    public var variableCount: Int { codes.count }
}
