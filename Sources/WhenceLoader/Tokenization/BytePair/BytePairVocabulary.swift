/// A vocabulary of pieces with ids, and the merges that make them out of smaller ones.
struct BytePairVocabulary: Sendable {
    /// The id of each piece by its spelling.
    let ids: [[UInt8]: Int32]
    /// Each id's spelling.
    let spellings: [Int: String]
    /// The merges in the order of their rank: two spellings, and where the file says so.
    private(set) var merges: [(first: [UInt8], second: [UInt8], place: String)] = []

    /// One more than the largest id.
    var end: Int { (spellings.keys.max() ?? -1) + 1 }

    /// Which lines of a `merges.txt` are merges.
    enum MergeLines: Sendable {
        /// The first line is a heading, and what follows the last line feed is nothing, whatever they say. Lines
        /// that are not two pieces are passed over, and pieces need not be in the vocabulary.
        case betweenHeadingAndEnd
        /// Every line; a heading is a merge that never applies.
        case all
    }

    /// Reads `vocab.json` and `merges.txt`.
    ///
    /// - Throws: `LoaderError` when a file is not there or damaged, or, unless lines are passed over, a merge names or
    ///   makes a piece that the vocabulary does not have.
    init(vocabulary path: String, merges mergesPath: String, lines: MergeLines) throws(LoaderError) {
        guard let object = try TokenizerJSON.object(at: path) else {
            throw .missing(
                path: path, what: "the vocabulary", hint: "Copy it from where the model came from.")
        }
        (ids, spellings) = try Self.rows(object, path: path, place: "")
        guard let bytes = try TokenizerFolder.contents(of: mergesPath) else {
            throw .missing(
                path: mergesPath, what: "the list of merges", hint: "Copy it from where the model came from.")
        }
        try readMerges(bytes, path: mergesPath, lines: lines)
    }

    /// A vocabulary and merges that another file held.
    ///
    /// - Throws: `LoaderError.invalid` when a merge names or makes a piece that the vocabulary does not have.
    init(
        _ object: TokenizerJSON.Object, merges: [(first: [UInt8], second: [UInt8], place: String)],
        path: String,
        place: String, prefix: [UInt8] = []
    ) throws(LoaderError) {
        (ids, spellings) = try Self.rows(object, path: path, place: place)
        self.merges = merges
        try check(path: path, dropping: prefix)
    }

    /// The rows of an object whose names are spellings and whose values are ids.
    static func rows(
        _ object: TokenizerJSON.Object, path: String, place: String
    ) throws(LoaderError) -> (ids: [[UInt8]: Int32], spellings: [Int: String]) {
        guard !object.members.isEmpty else {
            throw .invalid(
                path: path, place: place.isEmpty ? "the whole file" : place, expected: "pieces and their ids",
                found: "none", hint: "Fetch or save the file again.")
        }
        var ids: [[UInt8]: Int32] = [:]
        var spellings: [Int: String] = [:]
        ids.reserveCapacity(object.members.count)
        spellings.reserveCapacity(object.members.count)
        for member in object.members {
            guard let id = member.value.id else {
                throw .invalid(
                    path: path, place: place + member.name.debugDescription, expected: "an id",
                    found: "another value", hint: "Fetch or save the file again.")
            }
            ids[Array(member.name.utf8)] = Int32(id)
            spellings[id] = member.name
        }
        return (ids, spellings)
    }

    private mutating func readMerges(
        _ bytes: [UInt8], path: String, lines kind: MergeLines
    ) throws(LoaderError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .invalid(
                path: path, place: "the whole file", expected: "text in UTF-8", found: "other bytes",
                hint: "Fetch or save the file again.")
        }
        // Characters of a merge are never compared as graphemes: an accent may be a piece of its own.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        if kind == .betweenHeadingAndEnd || lines.last?.isEmpty == true { lines = lines.dropLast() }
        for (number, line) in lines.enumerated() {
            let isHeading =
                number == 0 && (kind == .betweenHeadingAndEnd || line.starts(with: "#version".unicodeScalars))
            if isHeading { continue }
            let parts = line.split(whereSeparator: \.isPythonWhiteSpace).map { Array(String($0).utf8) }
            guard parts.count == 2 else {
                if kind == .betweenHeadingAndEnd { continue }
                throw .invalid(
                    path: path, place: "line \(number + 1)", expected: "two pieces", found: "\(parts.count)",
                    hint: "Fetch or save the file again.")
            }
            merges.append((parts[0], parts[1], "line \(number + 1)"))
        }
        if kind == .all { try check(path: path, dropping: []) }
    }

    /// - Parameter prefix: what a second piece loses when it is merged.
    private func check(path: String, dropping prefix: [UInt8]) throws(LoaderError) {
        for merge in merges {
            let whole =
                merge.first + merge.second.dropFirst(merge.second.starts(with: prefix) ? prefix.count : 0)
            for spelling in [merge.first, merge.second, whole] where ids[spelling] == nil {
                throw .invalid(
                    path: path, place: merge.place, expected: "pieces of the vocabulary, merged into another",
                    found: String(decoding: spelling, as: UTF8.self).debugDescription
                        + ", which the vocabulary does not have",
                    hint: "Take the vocabulary and the merges from the same place.")
            }
        }
    }
}
