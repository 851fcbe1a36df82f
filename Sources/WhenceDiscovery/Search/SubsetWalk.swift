/// The subsets of one size of an ascending pool, in lexicographic order.
///
/// `current` is changed in place, so that walking allocates nothing.
struct SubsetWalk {
    private let pool: [Int]
    private var positions: [Int]
    /// The subset that the walk stands on.
    private(set) var current: [Int]

    /// Starts on the first subset; `nil` when the pool is too small to have one.
    init?(of pool: [Int], size: Int) {
        guard size <= pool.count else { return nil }
        self.pool = pool
        positions = Array(0..<size)
        current = Array(pool[..<size])
    }

    /// Moves to the next subset; false, without moving, after the last.
    mutating func advance() -> Bool {
        let size = positions.count
        var place = size - 1
        while place >= 0, positions[place] == pool.count - size + place { place -= 1 }
        guard place >= 0 else { return false }
        var position = positions[place] + 1
        while place < size {
            positions[place] = position
            current[place] = pool[position]
            place += 1
            position += 1
        }
        return true
    }
}
