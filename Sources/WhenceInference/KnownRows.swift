internal import WhenceTensor

/// Products of the first layer with rows that came before, kept from batch to batch.
///
/// What is asked for one explanation is one text again and again, each time with a few other tokens replaced: after the
/// first batch nearly every row has come before.
final class KnownRows {
    /// The matrix of the products; with another one nothing is known.
    private weak var matrix: PackedMatrix?
    /// Where the product with a row of a kind is.
    private var places: [RowRepeats.Kind: Int] = [:]
    /// The products, in the first rows.
    private var table: MatrixView?

    /// Most kinds that are kept: a text as long as most models read, with each of its tokens replaced, twice over.
    private let capacity: Int

    init(capacity: Int = 2_048) { self.capacity = capacity }

    /// Fills `result` with the products of `input` and `matrix`, of which only those are computed that are not known.
    ///
    /// - Parameters:
    ///   - input: rows that are equal wherever their kinds are.
    ///   - result: `[rows, columns]`; the bytes are those of the product of all rows.
    /// - Returns: false, with nothing done, where that would save no time.
    func fill(
        _ result: MatrixView, with input: MatrixView, _ repeats: RowRepeats, by matrix: PackedMatrix,
        in workspace: Workspace
    ) throws -> Bool {
        let knowsMatrix = self.matrix === matrix
        var found = repeats.kinds.map { knowsMatrix ? places[$0] : nil }
        let newCount = found.count { $0 == nil }
        guard repeats.areWorthwhile(computing: newCount), found.count <= capacity else { return false }
        if !knowsMatrix || places.count + newCount > capacity {
            guard repeats.areWorthwhile(computing: found.count) else { return false }
            found = repeats.kinds.map { _ in nil }
            places.removeAll(keepingCapacity: true)
            self.matrix = matrix
        }
        let new = found.indices.filter { found[$0] == nil }
        let table = try table(for: places.count + new.count, matrix.columnCount)
        if !new.isEmpty {
            let rows = try workspace.context.matrix(new.count, input.columnCount)
            for (index, kind) in new.enumerated() {
                rows.copyRow(from: input, repeats.firsts[kind], to: index)
            }
            let start = places.count
            try workspace.compute.multiply(rows, by: matrix, into: table[start..<start + new.count])
            for (index, kind) in new.enumerated() {
                found[kind] = start + index
                places[repeats.kinds[kind]] = start + index
            }
        }
        let known = found.compactMap { $0 }
        for (row, kind) in repeats.numbers.enumerated() {
            result.copyRow(from: table, known[kind], to: row)
        }
        return true
    }

    /// The table with room for so many rows. It grows with what comes: for a sentence a few rows are enough, and memory
    /// that the system has to find and clear costs more than to copy them.
    private func table(for rowCount: Int, _ columnCount: Int) throws -> MatrixView {
        if let table, table.rowCount >= rowCount, table.columnCount == columnCount { return table }
        let larger = try FloatBuffer().matrix(min(2 * rowCount, capacity), columnCount)
        if let table { for row in 0..<places.count { larger.copyRow(from: table, row, to: row) } }
        table = larger
        return larger
    }
}
