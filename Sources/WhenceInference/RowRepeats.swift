/// Rows of a batch that are alike in all that enters the first layer: the token, its type and its position.
///
/// When many inputs differ in a few tokens, as those that are asked for an explanation do, most of their rows are the
/// same. What is computed of each row alone is then computed once, with the same bytes as a result.
struct RowRepeats {
    /// The first row of each kind, ascending.
    let firsts: [Int]
    /// The kind of every row, as an index into `firsts`.
    let kinds: [Int]

    private struct Kind: Hashable {
        var id, type, position: Int
    }

    /// - Returns: nil where so few rows repeat that copying them costs more than it saves.
    init?(of batch: Batch) {
        var known: [Kind: Int] = [:]
        var firsts: [Int] = []
        kinds = batch.ids.indices.map { row in
            let kind = Kind(
                id: batch.ids[row], type: batch.tokenTypes[row], position: batch.positions[row])
            if let number = known[kind] { return number }
            known[kind] = firsts.count
            firsts.append(row)
            return firsts.count - 1
        }
        self.firsts = firsts
        guard firsts.count * 4 <= batch.tokenCount * 3 else { return nil }
    }
}
