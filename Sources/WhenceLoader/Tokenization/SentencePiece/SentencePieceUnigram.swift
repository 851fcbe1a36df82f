/// The cut of a unigram model: of all ways to spell a text, the one whose pieces' scores have the largest sum.
///
/// Two ways that differ only in the order of their pieces (`f ff` and `ff f`) have equal sums, so that rounding
/// decides. The library's releases round differently; this follows them to the last bit.
///
/// - Note: Kudo 2018, *Subword Regularization*, arXiv 1804.10959, §3.2; `unigram_model.cc` of SentencePiece,
///   `Model::EncodeOptimized`.
struct SentencePieceUnigram: Sendable {
    /// How scores are added.
    enum Sums: Sendable {
        /// In 32 bits, a sum that grows beyond 100,000 being taken off: SentencePiece 0.2.3.
        case single
        /// A sum of 64 bits is compared with one that was rounded to 32, but for unknown pieces: SentencePiece up to
        /// 0.2.1, and so TensorFlow Text 2.18, which has 0.1.96.
        case mixed
    }

    /// A piece as texts are cut into it.
    private struct Row: Sendable {
        var score: Double
        /// False for pieces that are no part of texts.
        var isCut: Bool
    }

    private let rows: [Row]
    private let sums: Sums
    /// Pieces that are parts of texts, or were until their type was changed.
    private let trie: ByteTrie
    /// Special tokens and single bytes, which are never found in a text.
    private let reserved: ByteTrie
    private let unknown: Int
    private let unknownScore: Float
    /// The pieces of single bytes, for what the vocabulary cannot spell; `nil` where that is one unknown piece.
    private let byteIDs: [Int]?

    /// Sums that lead further away from zero than this are shifted back to it.
    private static let largestSum: Float = 100_000

    /// - Throws: a sentence that says why the library would not have the vocabulary.
    /// - Complexity: O(bytes of all pieces).
    init(_ file: SentencePieceFile, unknown: Int, sums: Sums) throws(SentencePieceFile.Defect) {
        self.unknown = unknown
        self.sums = sums
        let normal = file.pieces.lazy.filter { $0.type == .normal }.map(\.score)
        unknownScore = (normal.min() ?? .greatestFiniteMagnitude) - 10
        let largest = max(normal.max() ?? 0, .leastNormalMagnitude)

        let byteCount = file.pieces.reduce(0) { $0 + $1.spelling.count }
        guard byteCount <= ByteTrie.largestVocabulary else {
            throw .init("\(byteCount) bytes of pieces; at most \(ByteTrie.largestVocabulary) are read")
        }
        var rows: [Row] = []
        rows.reserveCapacity(file.pieces.count)
        var trie = ByteTrie(reservingBytes: file.pieces.count * 4)
        var reserved = ByteTrie()
        for (id, piece) in file.pieces.enumerated() {
            let (spelling, type) = (piece.spelling, piece.type)
            guard piece.score.isFinite else { throw .init("the score \(piece.score) of piece \(id)") }
            rows.append(Row(score: Double(piece.score), isCut: type == .normal || type == .userDefined))
            if type == .userDefined {
                rows[id].score = Self.userDefinedScore(spelling.count, sums, largest: largest)
            }
            guard !spelling.isEmpty else { throw .init("no spelling of piece \(id)") }
            if spelling.contains(0) {
                // Programs that convert vocabularies add a piece of nothing else.
                guard spelling.count == 1, type == .unused || file.fallsBackToBytes else {
                    throw .init("a NUL byte in piece \(id)")
                }
                rows[id].isCut = false
                continue
            }
            let isNew =
                switch type {
                case .normal, .userDefined, .unused: trie.insert(spelling, id)
                case .unknown, .control, .byte: reserved.insert(spelling, id)
                }
            guard isNew else { throw .init("a piece \(id) that is spelt as one before it") }
        }
        guard !trie.isEmpty else { throw .init("a model without pieces of texts") }
        (self.rows, self.trie, self.reserved) = (rows, trie, reserved)
        byteIDs = try Self.byteIDs(file, reserved)
    }

    /// What makes user-defined pieces better than others, whose scores are below zero.
    private static func userDefinedScore(_ byteCount: Int, _ sums: Sums, largest: Float) -> Double {
        switch sums {
        case .single: Double(Float(0.1 * Double(byteCount - 1)))
        case .mixed: Double(Float(byteCount) * largest) - 0.1
        }
    }

    private static func byteIDs(
        _ file: SentencePieceFile, _ reserved: ByteTrie
    ) throws(SentencePieceFile.Defect) -> [Int]? {
        let pieces = BytePieces { spelling in
            reserved.value(spelling.utf8).flatMap { file.pieces[$0].type == .byte ? $0 : nil }
        }
        let ids = pieces.ids(of: UInt8.min...UInt8.max)
        let count = file.pieces.count { $0.type == .byte }
        guard file.fallsBackToBytes else {
            guard count == 0 else { throw .init("pieces for bytes in a model that says it has none") }
            return nil
        }
        guard let ids, count == 256 else {
            throw .init("\(count) pieces for bytes, among them not all of <0x00> to <0xFF>")
        }
        return ids
    }

    /// The id of a spelling; `nil` where there is no such piece.
    func id(of spelling: some Sequence<UInt8>) -> Int? {
        reserved.value(spelling) ?? trie.value(spelling)
    }

    /// The best way to a place: its score, where its last piece begins, and that piece.
    private struct Step {
        var score: Float = 0
        var start: Int32 = -1
        var id: Int32 = -1
    }

    /// The pieces of a normalised text of fewer than 2³¹ bytes, in order without gaps.
    ///
    /// - Complexity: O(bytes · length of the longest piece).
    func pieces(of bytes: [UInt8]) -> [SentencePieceModel.Piece] {
        /// By the place where the way ends.
        var best = [Step](repeating: Step(), count: bytes.count + 1)
        func offer(_ sum: Double, from start: Int, to end: Int, _ id: Int) {
            guard best[end].start < 0 || sum > Double(best[end].score) else { return }
            best[end] = Step(score: Float(sum), start: Int32(start), id: Int32(id))
        }
        var start = 0
        /// The last place that a way leads to.
        var frontier = 0
        while start < bytes.count {
            if sums == .single, abs(best[start].score) > Self.largestSum {
                let sum = best[start].score
                for place in start...frontier where place == start || best[place].start >= 0 {
                    best[place].score -= sum
                }
                best[start].score = 0
            }
            let sum = best[start].score
            let next = start + min(Self.length(of: bytes[start]), bytes.count - start)
            var spellsCharacter = false
            trie.forEachMatch(in: bytes, from: start) { end, id in
                guard rows[id].isCut else { return }
                frontier = max(frontier, end)
                // Rounding the sum of two numbers of 32 bits twice is rounding it once.
                let exact = rows[id].score + Double(sum)
                offer(sums == .single ? Double(Float(exact)) : exact, from: start, to: end, id)
                if end == next { spellsCharacter = true }
            }
            if !spellsCharacter {
                frontier = max(frontier, next)
                offer(Double(unknownScore + sum), from: start, to: next, unknown)
            }
            start = next
        }
        return collected(best, of: bytes)
    }

    /// The way that ends behind the last byte, unknown pieces joined or cut into bytes.
    private func collected(_ best: [Step], of bytes: [UInt8]) -> [SentencePieceModel.Piece] {
        var pieces: [SentencePieceModel.Piece] = []
        pieces.reserveCapacity(bytes.count / 3 + 1)
        var end = bytes.count
        while end > 0 {
            let id = Int(best[end].id)
            let range = Int(best[end].start)..<end
            if id == unknown, let byteIDs {
                for place in range.reversed() {
                    pieces.append(.init(id: byteIDs[Int(bytes[place])], range: place..<place + 1))
                }
            } else if id == unknown, let last = pieces.last, last.id == unknown {
                pieces[pieces.count - 1].range = range.lowerBound..<last.range.upperBound
            } else {
                pieces.append(.init(id: id, range: range))
            }
            end = range.lowerBound
        }
        return pieces.reversed()
    }

    /// Bytes of a character by its first one; what is no beginning counts as a character.
    private static func length(of first: UInt8) -> Int {
        first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    }
}
