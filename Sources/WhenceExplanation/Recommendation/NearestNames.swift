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

/// Finds names like one that does not exist.
public enum NearestNames {
    /// The names that share most pairs of letters with another, the nearest first; of equally near ones those that come
    /// first.
    ///
    /// - Complexity: O(names · length).
    public static func of(_ name: String, among names: [String], count: Int) -> [String] {
        let wanted = LetterPairs(name)
        return names.enumerated().map {
            (index: $0, name: $1, likeness: wanted.likeness(to: LetterPairs($1)))
        }
        .sorted { ($1.likeness, $0.index) < ($0.likeness, $1.index) }.prefix(count).map(\.name)
    }
}
