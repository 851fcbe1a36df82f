/// Conditioning sets of one size, waiting to be tested in order. One run's own; its storage is used again and again.
final class SeparatorBlock {
    /// A set: where its members are, and what it is sorted by.
    private struct Entry {
        var place: Int32
        var side: Int32
        var distance: Int
    }

    private let size: Int
    private let capacity: Int
    /// The members of every set, ascending, one set after another.
    private var members: [Int32] = []
    private var entries: [Entry] = []

    /// - Parameter capacity: Most sets.
    init(size: Int, capacity: Int = 1 << 16) {
        self.size = size
        self.capacity = capacity
    }

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }
    var isFull: Bool { entries.count >= capacity }

    func removeAll() {
        members.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds a set that a side gave.
    func append(_ set: NodeSet, side: Int) {
        entries.append(Entry(place: Int32(members.count), side: Int32(side), distance: 0))
        for node in set { members.append(Int32(node)) }
    }

    /// Every node that is in a set of one side; `nil` when the side has none.
    func members(ofSide side: Int, capacity: Int) -> NodeSet? {
        var result: NodeSet?
        for entry in entries where entry.side == side {
            var known = result ?? NodeSet(capacity: capacity)
            for node in nodes(of: entry) { known.insert(Int(node)) }
            result = known
        }
        return result
    }

    /// Sums up the distances of the members of one side's sets.
    func measure(side: Int, _ distances: [Int]) {
        for index in entries.indices where entries[index].side == side {
            entries[index].distance = nodes(of: entries[index]).reduce(0) { $0 + distances[Int($1)] }
        }
    }

    /// Sorts by distance, then side, then members, and leaves each set its first place only.
    func sort() {
        entries.sort { left, right in
            switch compare(left, right) {
            case 0: (left.distance, left.side) < (right.distance, right.side)
            case let order: order < 0
            }
        }
        var kept: [Entry] = []
        kept.reserveCapacity(entries.count)
        for entry in entries {
            if let last = kept.last, compare(last, entry) == 0 { continue }
            kept.append(entry)
        }
        kept.sort { left, right in
            if left.distance != right.distance { return left.distance < right.distance }
            if left.side != right.side { return left.side < right.side }
            return compare(left, right) < 0
        }
        entries = kept
    }

    /// Writes the members of a set.
    func copy(_ index: Int, to set: inout [Int]) {
        for (position, node) in nodes(of: entries[index]).enumerated() { set[position] = Int(node) }
    }

    private func nodes(of entry: Entry) -> ArraySlice<Int32> {
        members[Int(entry.place)..<Int(entry.place) + size]
    }

    /// Negative, zero or positive as the members of one set come before, are, or come after those of another.
    private func compare(_ left: Entry, _ right: Entry) -> Int32 {
        for offset in 0..<size {
            let difference = members[Int(left.place) + offset] - members[Int(right.place) + offset]
            if difference != 0 { return difference }
        }
        return 0
    }
}
