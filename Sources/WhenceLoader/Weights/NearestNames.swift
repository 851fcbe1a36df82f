/// Finds the names that someone who asked for a missing one probably meant.
enum NearestNames {
    /// At most `limit` of `names`, nearest first, ties in alphabetical order.
    ///
    /// - Complexity: O(names · length²), with names and lengths capped so that a hostile file costs no time.
    static func of(_ wanted: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
        let target = Array(wanted.utf8.prefix(200))
        let bound = max(target.count / 3, 3)
        return names.lazy.filter { abs($0.utf8.count - target.count) <= bound }.prefix(5_000)
            .map { (name: $0, distance: distance(target, Array($0.utf8.prefix(200)))) }
            .filter { $0.distance <= bound }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(limit).map(\.name)
    }

    /// Insertions, deletions and substitutions between two strings (Wagner and Fischer 1974), one row at a time.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
