/// Rows of a batch that are alike in all that enters the first layer: the token, its type and its position.
///
/// When many inputs differ in a few tokens, as those that are asked for an explanation do, most of their rows are the
/// same. What is computed of each row alone is then computed once, with the same bytes as a result.
struct RowRepeats {
    /// All that a row depends on before it has seen others.
    struct Kind: Hashable {
        var id, type, position: Int
    }

    /// The kinds, in the order of their first rows.
    let kinds: [Kind]
    /// The first row of each kind, ascending.
    let firsts: [Int]
    /// The kind of every row, as an index into `kinds`.
    let numbers: [Int]

    init(of batch: Batch) {
        var known: [Kind: Int] = [:]
        var (kinds, firsts): ([Kind], [Int]) = ([], [])
        numbers = batch.ids.indices.map { row in
            let kind = Kind(
                id: batch.ids[row], type: batch.tokenTypes[row], position: batch.positions[row])
            if let number = known[kind] { return number }
            known[kind] = kinds.count
            kinds.append(kind)
            firsts.append(row)
            return kinds.count - 1
        }
        (self.kinds, self.firsts) = (kinds, firsts)
    }

    /// Whether so few kinds are new that to compute only theirs and copy the others saves more than it costs.
    func areWorthwhile(computing newKinds: Int) -> Bool { newKinds * 4 <= numbers.count * 3 }
}
