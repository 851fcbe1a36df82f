/// The unigram model of a `tokenizer.json`: the pieces of a word whose scores have the largest sum.
///
/// - Note: Kudo 2018, *Subword Regularization*, §3.2; `models/unigram/model.rs` of the tokenizers library.
struct FastUnigram: Sendable {
    let trie: ByteTrie
    let spellings: [Int: String]
    let unknown: Int?
    private let scores: [Double]
    private let unknownScore: Double
    private let bytePieces: BytePieces?

    init(_ json: FastComponent) throws(LoaderError) {
        var trie = ByteTrie()
        var spellings: [Int: String] = [:]
        var scores: [Double] = []
        var byteCount = 0
        for (id, row) in try json.list("vocab").enumerated() {
            guard let row = row.array, row.count == 2, let spelling = row[0].string, let score = row[1].number
            else {
                throw json.invalid("vocab[\(id)]", expected: "a piece and its score", found: "another value")
            }
            byteCount += spelling.utf8.count
            guard byteCount <= ByteTrie.largestVocabulary else {
                throw json.invalid(
                    "vocab[\(id)]", expected: "pieces of at most \(ByteTrie.largestVocabulary) bytes in all",
                    found: "\(byteCount) bytes up to here")
            }
            guard spelling.utf8.count <= ByteTrie.longestString else {
                throw json.invalid(
                    "vocab[\(id)]", expected: "a piece of at most \(ByteTrie.longestString) bytes",
                    found: "\(spelling.utf8.count) bytes")
            }
            trie.insert(spelling.utf8, id)
            spellings[id] = spelling
            scores.append(score)
        }
        guard let least = scores.min() else {
            throw json.invalid("vocab", expected: "pieces and their scores", found: "none")
        }
        unknownScore = least - 10
        unknown = try json.id("unk_id")
        if let unknown, !scores.indices.contains(unknown) {
            throw json.invalid("unk_id", expected: "an id below \(scores.count)", found: "\(unknown)")
        }
        bytePieces = try BytePieces(json) { trie.value($0.utf8) }
        self.trie = trie
        self.spellings = spellings
        self.scores = scores
    }

    /// - Complexity: O(bytes · length of the longest piece).
    func pieces(of word: [UInt8]) throws(LoaderError) -> [FastModel.Piece] {
        /// The best way to each place: its score, where its last piece begins, and that piece.
        var best = [(score: Double, start: Int, id: Int)?](repeating: nil, count: word.count + 1)
        best[0] = (0, 0, 0)
        func offer(_ end: Int, _ score: Double, _ start: Int, _ id: Int) {
            if let there = best[end], there.score >= score { return }
            best[end] = (score, start, id)
        }
        var start = 0
        while start < word.count {
            let width = 1 + word[(start + 1)...].prefix { $0 & 0xC0 == 0x80 }.count
            let score = best[start]?.score ?? 0
            var spellsCharacter = false
            for match in trie.matches(in: word[start...]) {
                offer(match.end, scores[match.value] + score, start, match.value)
                if match.end == start + width { spellsCharacter = true }
            }
            if !spellsCharacter {
                guard let unknown else {
                    throw .text(
                        reason:
                            "The text has a character that the vocabulary cannot spell, and no unknown piece."
                    )
                }
                offer(start + width, unknownScore + score, start, unknown)
            }
            start += width
        }

        var pieces: [FastModel.Piece] = []
        var end = word.count
        while end > 0, let step = best[end] {
            if step.id == unknown, let last = pieces.last, last.id == unknown {
                pieces[pieces.count - 1].range = step.start..<last.range.upperBound
            } else {
                pieces.append(.init(id: step.id, range: step.start..<end))
            }
            end = step.start
        }
        return pieces.reversed().flatMap { piece in
            // Several unknown characters together may happen to be spelt as a piece is.
            guard piece.id == unknown else { return [piece] }
            if let id = trie.value(word[piece.range]) { return [.init(id: id, range: piece.range)] }
            guard let ids = bytePieces?.ids(of: word[piece.range]) else { return [piece] }
            return zip(piece.range, ids).map { .init(id: $1, range: $0..<$0 + 1) }
        }
    }
}
