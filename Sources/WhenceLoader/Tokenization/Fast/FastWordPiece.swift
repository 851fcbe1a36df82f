/// The WordPiece model of a `tokenizer.json`.
struct FastWordPiece: Sendable {
    let trie: ByteTrie
    let spellings: [Int: String]
    let unknown: Int?
    private let continuation: Int32?
    private let longestWord: Int

    init(_ json: FastComponent) throws(LoaderError) {
        let rows = try BytePairVocabulary.rows(
            try json.component("vocab").object, path: json.path, place: json.place + "vocab.")
        spellings = rows.spellings
        let byteCount = spellings.values.reduce(0) { $0 + $1.utf8.count }
        guard byteCount <= ByteTrie.largestVocabulary else {
            throw json.invalid(
                "vocab", expected: "pieces of at most \(ByteTrie.largestVocabulary) bytes in all",
                found: "\(byteCount) bytes")
        }
        let longest = spellings.values.reduce(0) { max($0, $1.utf8.count) }
        guard longest <= ByteTrie.longestString else {
            throw json.invalid(
                "vocab", expected: "pieces of at most \(ByteTrie.longestString) bytes each",
                found: "one of \(longest) bytes")
        }
        var trie = ByteTrie(reservingBytes: rows.ids.count * 6)
        // In the order of ids, so that the trie is the same in every run.
        for (id, spelling) in rows.spellings.sorted(by: { $0.key < $1.key }) {
            trie.insert(spelling.utf8, id)
        }
        self.trie = trie
        continuation = trie.node((try json.text("continuing_subword_prefix") ?? "##").utf8)
        longestWord = try json.id("max_input_chars_per_word") ?? 100
        unknown = trie.value((try json.text("unk_token") ?? "[UNK]").utf8)
    }

    func pieces(of word: [UInt8], characters: Int) throws(LoaderError) -> [FastModel.Piece] {
        var pieces: [FastModel.Piece] = []
        var start = 0
        while characters <= longestWord, start < word.count,
            let node = start == 0 ? ByteTrie.root : continuation,
            let match = trie.longestMatch(in: word[start...], from: node)
        {
            pieces.append(.init(id: match.value, range: start..<match.end))
            start = match.end
        }
        if start == word.count { return pieces }
        guard let unknown else {
            throw .text(reason: "The text has a word that the vocabulary cannot spell, and no unknown token.")
        }
        return [.init(id: unknown, range: 0..<word.count)]
    }
}
