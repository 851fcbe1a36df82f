/// A set of nodes as bits: one word for graphs of up to 64 nodes, more words behind it for larger ones.
///
/// Sets of one graph share one capacity, so that their words pair up. Iteration is ascending: the visiting
/// order is part of the algorithms.
struct NodeSet: Sendable, Hashable {
    /// Nodes 0 to 63.
    private var low: UInt64
    /// Nodes from 64 on, 64 a word; empty, and so never allocated, for small graphs.
    private var high: [UInt64]

    /// The empty set of a graph with `capacity` nodes.
    init(capacity: Int) {
        low = 0
        high = capacity <= 64 ? [] : [UInt64](repeating: 0, count: (capacity - 1) / 64)
    }

    /// A set with the given members.
    init(capacity: Int, members: some Sequence<Int>) {
        self.init(capacity: capacity)
        for node in members { insert(node) }
    }

    /// All nodes of a graph with `capacity` nodes.
    init(allOf capacity: Int) {
        self.init(capacity: capacity, members: 0..<capacity)
    }

    var isEmpty: Bool { low == 0 && high.allSatisfy { $0 == 0 } }

    var count: Int { high.reduce(low.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

    /// The smallest member.
    var first: Int? {
        if low != 0 { return low.trailingZeroBitCount }
        for (index, word) in high.enumerated() where word != 0 {
            return (index + 1) * 64 + word.trailingZeroBitCount
        }
        return nil
    }

    /// The largest member.
    var last: Int? {
        for (index, word) in high.enumerated().reversed() where word != 0 {
            return (index + 2) * 64 - 1 - word.leadingZeroBitCount
        }
        return low == 0 ? nil : 63 - low.leadingZeroBitCount
    }

    @inline(__always)
    func contains(_ node: Int) -> Bool {
        let word = node < 64 ? low : high[node / 64 - 1]
        return word & (1 << UInt64(node % 64)) != 0
    }

    @inline(__always)
    mutating func insert(_ node: Int) {
        let bit: UInt64 = 1 << UInt64(node % 64)
        if node < 64 { low |= bit } else { high[node / 64 - 1] |= bit }
    }

    @inline(__always)
    mutating func remove(_ node: Int) {
        let bit: UInt64 = 1 << UInt64(node % 64)
        if node < 64 { low &= ~bit } else { high[node / 64 - 1] &= ~bit }
    }

    @inline(__always)
    mutating func formUnion(_ other: NodeSet) {
        low |= other.low
        for index in high.indices { high[index] |= other.high[index] }
    }

    /// Adds the members that another set shares with a third.
    @inline(__always)
    mutating func formUnion(_ other: NodeSet, within bounds: NodeSet) {
        low |= other.low & bounds.low
        for index in high.indices { high[index] |= other.high[index] & bounds.high[index] }
    }

    @inline(__always)
    mutating func formIntersection(_ other: NodeSet) {
        low &= other.low
        for index in high.indices { high[index] &= other.high[index] }
    }

    @inline(__always)
    mutating func subtract(_ other: NodeSet) {
        low &= ~other.low
        for index in high.indices { high[index] &= ~other.high[index] }
    }

    @inline(__always)
    func isSubset(of other: NodeSet) -> Bool {
        guard low & ~other.low == 0 else { return false }
        for index in high.indices where high[index] & ~other.high[index] != 0 { return false }
        return true
    }

    @inline(__always)
    func isDisjoint(with other: NodeSet) -> Bool {
        guard low & other.low == 0 else { return false }
        for index in high.indices where high[index] & other.high[index] != 0 { return false }
        return true
    }
}

extension NodeSet {
    /// Union.
    @inline(__always)
    static func | (left: NodeSet, right: NodeSet) -> NodeSet {
        var result = left
        result.formUnion(right)
        return result
    }

    /// Intersection.
    @inline(__always)
    static func & (left: NodeSet, right: NodeSet) -> NodeSet {
        var result = left
        result.formIntersection(right)
        return result
    }

    /// Difference.
    @inline(__always)
    static func - (left: NodeSet, right: NodeSet) -> NodeSet {
        var result = left
        result.subtract(right)
        return result
    }

    /// The set with one node more.
    @inline(__always)
    static func | (left: NodeSet, node: Int) -> NodeSet {
        var result = left
        result.insert(node)
        return result
    }

    /// The set without one node.
    @inline(__always)
    static func - (left: NodeSet, node: Int) -> NodeSet {
        var result = left
        result.remove(node)
        return result
    }
}

extension NodeSet {
    /// Whether the ascending members come before those of another set of the same size: the set that holds the
    /// smallest node of the two that the other lacks does.
    func lexicographicallyPrecedes(_ other: NodeSet) -> Bool {
        let difference = low ^ other.low
        if difference != 0 { return low & (difference & (~difference + 1)) != 0 }
        for (word, otherWord) in zip(high, other.high) where word != otherWord {
            let difference = word ^ otherWord
            return word & (difference & (~difference + 1)) != 0
        }
        return false
    }
}

extension NodeSet: Sequence {
    /// Ascending members.
    struct Iterator: IteratorProtocol {
        private var word: UInt64
        private var base = 0
        private let high: [UInt64]

        init(low: UInt64, high: [UInt64]) {
            word = low
            self.high = high
        }

        @inline(__always)
        mutating func next() -> Int? {
            while word == 0 {
                guard base / 64 < high.count else { return nil }
                word = high[base / 64]
                base += 64
            }
            let bit = word.trailingZeroBitCount
            word &= word - 1
            return base + bit
        }
    }

    func makeIterator() -> Iterator { Iterator(low: low, high: high) }

    var underestimatedCount: Int { count }
}
