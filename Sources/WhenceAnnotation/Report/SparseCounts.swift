/// Counts of a few of many numbers, in little memory and in one order.
struct SparseCounts {
    /// A number and how often it was counted; ascending by number.
    private(set) var entries: [(key: Int32, count: Int32)] = []

    /// Counts a number once more.
    ///
    /// - Complexity: O(log of the numbers counted); O(numbers) for a new one.
    mutating func add(_ key: Int) {
        let key = Int32(clamping: key)
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        if low < entries.count, entries[low].key == key {
            if entries[low].count < .max { entries[low].count += 1 }
        } else {
            entries.insert((key, 1), at: low)
        }
    }

    /// How often a number was counted.
    subscript(key: Int) -> Int {
        entries.first { Int($0.key) == key }.map { Int($0.count) } ?? 0
    }

    /// The number counted most; the smallest of several.
    var mostFrequent: (key: Int, count: Int)? {
        var best: (key: Int, count: Int)?
        for entry in entries where Int(entry.count) > best?.count ?? 0 {
            best = (Int(entry.key), Int(entry.count))
        }
        return best
    }
}
