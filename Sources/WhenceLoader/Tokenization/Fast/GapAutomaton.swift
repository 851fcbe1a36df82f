/// Finds spellings of which one is empty, because a normaliser has left nothing of it.
///
/// The empty spelling stands at every place where no other begins and none has just ended. What is odd is the
/// library's: where two bytes or more are the beginning of another spelling that then does not go on, the empty one is
/// found behind them instead.
///
/// - Note: Aho & Corasick 1975, *Efficient String Matching*, in the variant *leftmost longest* of
///   https://github.com/BurntSushi/aho-corasick, version 1: `nfa/noncontiguous.rs`.
struct GapAutomaton: Sendable {
    private var edges = ByteEdges(capacity: 0)
    /// For each state where to go on when no edge leads further; `dead` if there is no such state.
    private var failures: [Int32] = [0]
    /// For each state the spelling that ends there.
    private var found: [Spelling?] = [nil]

    private struct Spelling: Sendable {
        var id: Int
        var length: Int
    }

    private static let start: Int32 = 0
    private static let dead: Int32 = -1

    /// - Returns: `nil` unless one of the spellings is empty.
    init?(_ list: [(spelling: [UInt8], id: Int)]) {
        guard list.contains(where: \.spelling.isEmpty) else { return nil }
        var links: [(parent: Int32, byte: UInt8, state: Int32, depth: Int)] = []
        for (spelling, id) in list {
            var state = Self.start
            for (depth, byte) in spelling.enumerated() {
                let new = Int32(found.count)
                let next = edges.child(of: state, byte, orNew: new)
                if next == new {
                    links.append((state, byte, next, depth))
                    found.append(nil)
                    failures.append(Self.start)
                }
                state = next
            }
            if found[Int(state)] == nil {
                found[Int(state)] = Spelling(id: id, length: spelling.count)
            }
        }
        // States nearer to the start first; the order of others does not matter.
        for link in links.sorted(by: { ($0.depth, $0.state) < ($1.depth, $1.state) }) {
            let state = Int(link.state)
            if found[state] != nil {
                failures[state] = Self.dead
            } else if link.depth > 0 {
                let failure = failure(of: link.parent, link.byte)
                failures[state] = failure
                if failure != Self.dead { found[state] = found[Int(failure)] }
            }
        }
    }

    /// Where the states lead, by a byte, that a state goes on at when it fails.
    private func failure(of parent: Int32, _ byte: UInt8) -> Int32 {
        var state = failures[Int(parent)]
        while state != Self.dead {
            if let next = edges.child(of: state, byte) { return next }
            if state == Self.start { return state }
            state = failures[Int(state)]
        }
        return state
    }

    /// All places in order, the empty ones between two characters alone.
    func matches(in bytes: [UInt8]) -> [FastSpellings.Match] {
        var result: [FastSpellings.Match] = []
        var place = 0
        var lastEnd: Int?
        while var match = match(in: bytes, from: place) {
            if match.range.isEmpty, match.range.lowerBound == lastEnd {
                guard let next = self.match(in: bytes, from: place + 1) else { break }
                match = next
            }
            place = match.range.upperBound
            lastEnd = place
            let isInside = place < bytes.count && bytes[place] & 0xC0 == 0x80
            if !isInside { result.append(match) }
        }
        return result
    }

    private func match(in bytes: [UInt8], from place: Int) -> FastSpellings.Match? {
        guard place <= bytes.count else { return nil }
        var state = Self.start
        var last = found[0].map { FastSpellings.Match(range: place..<place, id: $0.id) }
        for index in place..<bytes.count {
            guard let next = next(state, bytes[index]) else { return last }
            state = next
            if let spelling = found[Int(state)] {
                last = .init(range: index + 1 - spelling.length..<index + 1, id: spelling.id)
            }
        }
        return last
    }

    /// The state after a byte; `nil` when the search is over.
    private func next(_ state: Int32, _ byte: UInt8) -> Int32? {
        var state = state
        while state != Self.dead {
            if let next = edges.child(of: state, byte) { return next }
            if state == Self.start { return nil }
            state = failures[Int(state)]
        }
        return nil
    }
}
