/// The rows of a `vocab.txt`, and a trie of them for finding the longest piece.
struct WordPieceVocabulary: Sendable {
    /// The pieces in id order, as the file spells them; empty lines at the end are left out.
    let pieces: [String]
    /// How many different lines the file has, the empty one among them: the first id that is given to a new token.
    let lineCount: Int
    private let trie: ByteTrie
    private let continuation: Int32?

    /// Reads a file: one piece a line, the line's number being its id; the last one where a piece comes twice.
    ///
    /// - Parameters:
    ///   - unknown: the piece for words that cannot be spelt, which has to be there.
    ///   - continuation: what a piece begins with that goes on with a word.
    ///   - isKeras: the file is read as Keras does: white space at the ends of lines is no part of pieces, and a
    ///     piece that comes twice is a fault.
    /// - Throws: `LoaderError.invalid` when the file is empty, no text, or holds no `unknown`.
    init(
        _ bytes: [UInt8], path: String, unknown: String, continuation: String = "##", isKeras: Bool = false
    ) throws(LoaderError) {
        func invalid(_ place: String, _ expected: String, _ found: String) -> LoaderError {
            .invalid(
                path: path, place: place, expected: expected, found: found,
                hint: "Fetch or save the vocabulary again.")
        }
        guard bytes.count <= ByteTrie.largestVocabulary else {
            throw invalid(
                "length", "at most \(ByteTrie.largestVocabulary) bytes", counted(bytes.count, "byte"))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw invalid("the whole file", "text in UTF-8", "other bytes")
        }
        // Lines end as in Python's text files; a character is never compared as a grapheme here.
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: Self.isLineEnd) {
            guard isKeras else {
                lines.append(String(line))
                continue
            }
            let end = line.unicodeScalars.lastIndex { !$0.isPythonWhiteSpace }
            lines.append(end.map { String(line.unicodeScalars[...$0]) } ?? "")
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        let hasEmptyLine = lines.contains("")
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else { throw invalid("the whole file", "one piece a line", "nothing") }

        var trie = ByteTrie(reservingBytes: bytes.count / 2)
        var lineCount = hasEmptyLine ? 1 : 0
        for (id, line) in lines.enumerated() where !line.isEmpty {
            let first = trie.value(line.utf8)
            if let first, isKeras {
                throw invalid(
                    "line \(id + 1)", "each piece once", "\(quoted(line)), as in line \(first + 1)")
            }
            if first == nil { lineCount += 1 }
            trie.insert(line.utf8, id)
        }
        guard trie.value(unknown.utf8) != nil else {
            throw invalid(
                "the whole file", "a line \(unknown)", counted(lines.count, "line") + " without one")
        }
        pieces = lines
        self.lineCount = lineCount
        self.continuation = trie.node(continuation.utf8)
        self.trie = trie
    }

    /// The id of a piece; `nil` when there is no such piece.
    func id(of piece: some Sequence<UInt8>) -> Int? { trie.value(piece) }

    /// A word cut from left to right, always taking the longest piece.
    ///
    /// - Returns: the end of every piece in bytes, and its id; `nil` when some part cannot be spelt.
    /// - Complexity: O(bytes · length of the longest piece).
    /// - Note: Devlin et al. 2019; `WordpieceTokenizer` of Hugging Face transformers.
    func cut(_ word: [UInt8]) -> [(end: Int, id: Int)]? {
        var pieces: [(end: Int, id: Int)] = []
        var start = 0
        while start < word.count {
            guard let node = start == 0 ? ByteTrie.root : continuation,
                let match = trie.longestMatch(in: word[start...], from: node)
            else { return nil }
            pieces.append((match.end, match.value))
            start = match.end
        }
        return pieces
    }

    /// The characters of a word that each of its pieces stands for.
    func ranges(of pieces: [(end: Int, id: Int)], in word: TracedText) -> [(id: Int, range: Range<Int>)] {
        var start = 0
        var offset = 0
        return pieces.map { piece in
            var end = start
            while offset < piece.end {
                offset += word.scalars[end].scalar.utf8.count
                end += 1
            }
            defer { start = end }
            return (piece.id, start..<end)
        }
    }

    private static func isLineEnd(_ character: Character) -> Bool {
        character == "\n" || character == "\r\n" || character == "\r"
    }
}
