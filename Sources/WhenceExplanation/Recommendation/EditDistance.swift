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
