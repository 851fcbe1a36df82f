/// Strings of bytes with a number each, for finding the longest one that a text goes on with.
///
/// Spellings are compared as bytes, never as Swift strings: `é` in one and in two scalars are equal strings
/// but different rows of a vocabulary.
struct ByteTrie: Sendable {
    private var edges: ByteEdges
    /// The number of the string that ends at a node; -1 where none does.
    private var values: [Int32] = [-1]

    /// Bytes of all pieces of a vocabulary: more than any has, and few enough to be read in seconds.
    static let largestVocabulary = 12 << 20

    /// Bytes of one string, as many of which are looked at from every place of a text; trainers make 512 characters.
    static let longestString = 2_048

    /// The node above all strings.
    static let root: Int32 = 0

    /// True when nothing was inserted.
    var isEmpty: Bool { edges.isEmpty }

    /// An empty trie with room for strings of so many bytes in all, as far as they share no beginnings.
    init(reservingBytes capacity: Int = 0) {
        edges = ByteEdges(capacity: capacity)
        values.reserveCapacity(capacity + 1)
    }

    /// Adds a string; an empty one is left out, and the last number given to a string stays.
    ///
    /// - Returns: false when the string was there.
    @discardableResult
    mutating func insert(_ bytes: some Sequence<UInt8>, _ value: Int) -> Bool {
        var node = Self.root
        for byte in bytes {
            node = edges.child(of: node, byte, orNew: Int32(values.count))
            if node == values.count { values.append(-1) }
        }
        let isNew = values[Int(node)] < 0
        if node != Self.root { values[Int(node)] = Int32(value) }
        return isNew
    }

    /// The node that a byte leads to.
    func child(of node: Int32, _ byte: UInt8) -> Int32? {
        edges.child(of: node, byte)
    }

    /// The node that a string leads to.
    func node(_ bytes: some Sequence<UInt8>) -> Int32? {
        var node = Self.root
        for byte in bytes {
            guard let child = child(of: node, byte) else { return nil }
            node = child
        }
        return node
    }

    /// The number of exactly this string.
    func value(_ bytes: some Sequence<UInt8>) -> Int? {
        guard let node = node(bytes), values[Int(node)] >= 0 else { return nil }
        return Int(values[Int(node)])
    }

    /// The longest string that begins at `start`, read on from `node`.
    ///
    /// - Returns: the index behind its last byte, and its number.
    /// - Complexity: O(length of the longest string).
    func longestMatch(
        in bytes: ArraySlice<UInt8>, from node: Int32 = Self.root
    ) -> (end: Int, value: Int)? {
        var node = node
        var match: (end: Int, value: Int)?
        for index in bytes.indices {
            guard let child = child(of: node, bytes[index]) else { break }
            node = child
            if values[Int(node)] >= 0 { match = (index + 1, Int(values[Int(node)])) }
        }
        return match
    }

    /// Calls `body` with the end and the number of each string that begins at `start`, the shortest first.
    ///
    /// - Complexity: O(length of the longest string).
    @inline(__always)
    func forEachMatch(in bytes: [UInt8], from start: Int, _ body: (_ end: Int, _ value: Int) -> Void) {
        var node = Self.root
        for index in start..<bytes.count {
            guard let child = child(of: node, bytes[index]) else { break }
            node = child
            if values[Int(node)] >= 0 { body(index + 1, Int(values[Int(node)])) }
        }
    }

    /// All strings that begin at the start of `bytes`, the shortest first.
    ///
    /// - Complexity: O(length of the longest string).
    func matches(in bytes: ArraySlice<UInt8>) -> [(end: Int, value: Int)] {
        var node = Self.root
        var matches: [(end: Int, value: Int)] = []
        for index in bytes.indices {
            guard let child = child(of: node, bytes[index]) else { break }
            node = child
            if values[Int(node)] >= 0 { matches.append((index + 1, Int(values[Int(node)]))) }
        }
        return matches
    }
}
