/// Something counted for each of many keys, of which rare ones are forgotten when there are too many.
///
/// When there are more keys than `limit`, those with the fewest rows go, half of them at least. A key that comes again
/// starts anew, so a count can be short of at most ``forgottenRows``; keys in more rows than that are all here.
/// - Note: Manku and Motwani 2002, *Approximate frequency counts over data streams*, §4.2, with bounds as they come.
struct FrequentTable<Key: Hashable & Comparable, Value> {
    /// Most keys.
    let limit: Int
    /// How many rows a count can be short of.
    private(set) var forgottenRows = 0

    private var places: [Key: Int] = [:]
    private var entries: [(key: Key, value: Value)] = []
    private let rows: (Value) -> Int

    /// - Parameter rows: how many rows a value counts.
    init(limit: Int, rows: @escaping (Value) -> Int) {
        self.limit = limit
        self.rows = rows
    }

    /// Every key with its value, by key.
    var sorted: [(key: Key, value: Value)] { entries.sorted { $0.key < $1.key } }

    /// The value of a key that is there.
    subscript(key: Key) -> Value? { places[key].map { entries[$0].value } }

    /// Changes a key's value, from `initial` for a new key.
    mutating func update(_ key: Key, from initial: @autoclosure () -> Value, _ change: (inout Value) -> Void)
    {
        if let place = places[key] { return change(&entries[place].value) }
        if entries.count >= limit { forget() }
        places[key] = entries.count
        entries.append((key, initial()))
        change(&entries[entries.count - 1].value)
    }

    private mutating func forget() {
        let counts = entries.map { rows($0.value) }.sorted()
        let bound = counts[counts.count / 2]
        entries.removeAll { rows($0.value) <= bound }
        places = Dictionary(
            uniqueKeysWithValues: entries.enumerated().map { ($0.element.key, $0.offset) })
        forgottenRows += bound
    }
}
