/// How many typing errors lead from one word to another.
enum EditDistance {
    /// Insertions, deletions, substitutions and swaps of neighbours, no place changed twice.
    ///
    /// - Returns: `nil` if there are more than `limit`.
    /// - Complexity: O(length · limit).
    /// - Note: Damerau 1964; the *optimal string alignment* distance.
    static func between(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = Array(repeating: limit + 1, count: b.count + 1)
            row[0] = i + 1
            for j in max(0, i - limit)..<max(0, min(b.count, i + limit + 1)) {
                var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row[j + 1] = cost
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count] <= limit ? last[b.count] : nil
    }
}

/// The pairs of neighbouring letters of a name, by which names of any length compare.
struct LetterPairs {
    private let pairs: [[Unicode.Scalar]: Int]
    private let count: Int

    init(_ name: String) {
        let scalars = Array(" \(name) ".unicodeScalars)
        var pairs: [[Unicode.Scalar]: Int] = [:]
        for (first, second) in zip(scalars, scalars.dropFirst()) { pairs[[first, second], default: 0] += 1 }
        self.pairs = pairs
        count = max(0, scalars.count - 1)
    }

    /// Twice the pairs in common by the pairs in both, 0 to 1 (Dice 1945).
    func likeness(to other: LetterPairs) -> Double {
        guard count + other.count > 0 else { return 0 }
        let common = pairs.reduce(0) { $0 + min($1.value, other.pairs[$1.key] ?? 0) }
        return 2 * Double(common) / Double(count + other.count)
    }
}
