/// The merges of a byte-pair vocabulary, and how a word is put together by them.
///
/// - Note: Sennrich, Haddow & Birch 2016, *Neural Machine Translation of Rare Words with Subword Units*.
struct BytePairMerges: Sendable {
    /// Which of several equal pairs are merged before pairs are weighed again.
    enum Order: Sendable {
        /// All of them, from left to right, as OpenAI's and Hugging Face's Python code does.
        case allEqualPairs
        /// The leftmost alone, as Hugging Face's Rust code and Keras do. Vocabularies that were learnt from texts
        /// give the same pieces either way.
        case leftmostPair
    }

    /// A part of a word.
    struct Part: Sendable, Hashable {
        /// A piece's number.
        var piece: Int32
        /// Where it ends, in the units that the word was given in.
        var end: Int32
    }

    private var table: [UInt64: (rank: Int32, piece: Int32)] = [:]
    private let order: Order

    /// No merges yet.
    init(order: Order, reserving count: Int = 0) {
        self.order = order
        table.reserveCapacity(count)
    }

    /// Adds a merge; the last one for a pair holds.
    mutating func add(_ first: Int32, _ second: Int32, rank: Int, into piece: Int32) {
        table[Self.key(first, second)] = (Int32(rank), piece)
    }

    private static func key(_ first: Int32, _ second: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    }

    /// A pair that can be merged.
    private struct Candidate: Comparable {
        var rank: Int32
        var place: Int32

        static func < (a: Candidate, b: Candidate) -> Bool {
            a.rank != b.rank ? a.rank < b.rank : a.place < b.place
        }
    }

    /// Merges the parts of a word, the pair of the lowest rank first.
    ///
    /// - Parameter parts: the smallest parts in order.
    /// - Complexity: O(parts · log parts).
    func merged(_ parts: [Part]) -> [Part] {
        guard parts.count > 1 else { return parts }
        var parts = parts
        /// For each part those before and behind it that are still there; -1 for none.
        var before = parts.indices.map { Int32($0) - 1 }
        var behind = parts.indices.map { $0 + 1 < parts.count ? Int32($0) + 1 : -1 }
        var isThere = [Bool](repeating: true, count: parts.count)
        var candidates = MinimumHeap<Candidate>()

        func merge(at place: Int32) -> (rank: Int32, piece: Int32)? {
            guard place >= 0, isThere[Int(place)], behind[Int(place)] >= 0 else { return nil }
            return table[Self.key(parts[Int(place)].piece, parts[Int(behind[Int(place)])].piece)]
        }
        func offer(_ place: Int32) {
            if let merge = merge(at: place) { candidates.insert(Candidate(rank: merge.rank, place: place)) }
        }
        for place in parts.indices.dropLast() { offer(Int32(place)) }

        while let first = candidates.popLeast() {
            var round = [first]
            if order == .allEqualPairs {
                while let next = candidates.least, next.rank == first.rank {
                    round.append(next)
                    _ = candidates.popLeast()
                }
            }
            var touched: [Int32] = []
            for candidate in round {
                guard let merge = merge(at: candidate.place), merge.rank == candidate.rank else { continue }
                let left = Int(candidate.place)
                let right = Int(behind[left])
                parts[left] = Part(piece: merge.piece, end: parts[right].end)
                isThere[right] = false
                behind[left] = behind[right]
                if behind[left] >= 0 { before[Int(behind[left])] = candidate.place }
                touched += [before[left], candidate.place]
            }
            for place in touched { offer(place) }
        }
        return parts.indices.filter { isThere[$0] }.map { parts[$0] }
    }
}
