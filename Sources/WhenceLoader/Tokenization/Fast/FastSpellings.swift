/// Spellings of added tokens, and how they are found in a text: from left to right, the longest at each place.
struct FastSpellings: Sendable {
    private var trie = ByteTrie()
    private let gaps: GapAutomaton?

    /// - Parameter list: spellings and the tokens that they are of; of several for one spelling the first holds.
    init(_ list: [(spelling: [UInt8], id: Int)]) {
        for (spelling, id) in list where trie.value(spelling) == nil { trie.insert(spelling, id) }
        gaps = GapAutomaton(list)
    }

    /// True when there is nothing to find.
    var isEmpty: Bool { trie.isEmpty && gaps == nil }

    /// One place where a spelling stands.
    struct Match {
        /// Its bytes.
        var range: Range<Int>
        /// The token.
        var id: Int
    }

    /// All places, in order; none lies in another.
    ///
    /// - Complexity: O(bytes · length of the longest spelling).
    func matches(in bytes: [UInt8]) -> [Match] {
        if let gaps { return gaps.matches(in: bytes) }
        var result: [Match] = []
        var place = 0
        while place < bytes.count {
            if trie.child(of: ByteTrie.root, bytes[place]) != nil,
                let match = trie.longestMatch(in: bytes[place...])
            {
                result.append(Match(range: place..<match.end, id: match.value))
                place = match.end
            } else {
                place += 1
            }
        }
        return result
    }
}
