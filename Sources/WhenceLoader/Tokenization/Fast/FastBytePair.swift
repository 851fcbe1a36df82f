/// The byte-pair model of a `tokenizer.json`.
///
/// - Note: `models/bpe/model.rs` of https://github.com/huggingface/tokenizers, version 0.21.
struct FastBytePair: Sendable {
    let vocabulary: BytePairVocabulary
    let unknown: Int?
    private let merges: BytePairMerges
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private let fusesUnknown: Bool
    private let ignoresMerges: Bool
    private let bytePieces: BytePieces?

    init(_ json: FastComponent) throws(LoaderError) {
        let prefix = Array((try json.text("continuing_subword_prefix") ?? "").utf8)
        let vocabulary = try BytePairVocabulary(
            try json.component("vocab").object, merges: Self.merges(json), path: json.path,
            place: json.place + "vocab.", prefix: prefix)
        var merges = BytePairMerges(order: .leftmostPair, reserving: vocabulary.merges.count)
        for (rank, merge) in vocabulary.merges.enumerated() {
            let whole =
                merge.first + merge.second.dropFirst(merge.second.starts(with: prefix) ? prefix.count : 0)
            guard let first = vocabulary.ids[merge.first], let second = vocabulary.ids[merge.second],
                let piece = vocabulary.ids[whole]
            else { continue }
            merges.add(first, second, rank: rank, into: piece)
        }
        self.merges = merges
        self.vocabulary = vocabulary
        self.prefix = prefix
        suffix = Array((try json.text("end_of_word_suffix") ?? "").utf8)
        fusesUnknown = try json.flag("fuse_unk", standard: false)
        ignoresMerges = try json.flag("ignore_merges", standard: false)
        bytePieces = try BytePieces(json) { vocabulary.ids[Array($0.utf8)].map { Int($0) } }
        unknown = try json.text("unk_token").flatMap { vocabulary.ids[Array($0.utf8)] }.map { Int($0) }
    }

    private static func merges(
        _ json: FastComponent
    ) throws(LoaderError) -> [(first: [UInt8], second: [UInt8], place: String)] {
        var result: [(first: [UInt8], second: [UInt8], place: String)] = []
        for (index, merge) in try json.list("merges").enumerated() {
            // Older files have both parts in one text.
            let parts =
                merge.array?.compactMap { $0.string.map { Array($0.utf8) } }
                ?? merge.string.map {
                    $0.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map { Array($0) }
                }
            guard let parts, parts.count == 2 else {
                throw json.invalid("merges[\(index)]", expected: "two pieces", found: "another value")
            }
            result.append((parts[0], parts[1], "\(json.place)merges[\(index)]"))
        }
        return result
    }

    /// - Complexity: O(bytes · log bytes).
    func pieces(of word: [UInt8]) -> [FastModel.Piece] {
        if ignoresMerges, let id = vocabulary.ids[word] {
            return [.init(id: Int(id), range: 0..<word.count)]
        }
        var parts: [BytePairMerges.Part] = []
        /// Characters without a piece that wait to become one unknown piece.
        var waiting: BytePairMerges.Part?
        /// Characters without a piece, where nothing stands for them.
        var dropped: [Range<Int>] = []
        func close() {
            if let part = waiting { parts.append(part) }
            waiting = nil
        }
        var start = 0
        while start < word.count {
            let end = start + 1 + word[(start + 1)...].prefix { $0 & 0xC0 == 0x80 }.count
            let spelling =
                (start == 0 ? [] : prefix) + word[start..<end] + (end == word.count ? suffix : [])
            if let id = vocabulary.ids[spelling] {
                close()
                parts.append(.init(piece: id, end: Int32(end)))
            } else if let ids = bytePieces?.ids(of: spelling) {
                for (index, id) in ids.enumerated() {
                    parts.append(.init(piece: Int32(id), end: Int32(min(start + index + 1, end))))
                }
            } else if let unknown {
                if !fusesUnknown { close() }
                waiting = .init(piece: Int32(unknown), end: Int32(end))
            } else {
                dropped.append(start..<end)
            }
            start = end
        }
        close()
        var begin = 0
        var gaps = dropped[...]
        return merges.merged(parts).map { part in
            defer { begin = max(begin, Int(part.end)) }
            while let gap = gaps.first, gap.lowerBound <= begin {
                begin = max(begin, gap.upperBound)
                gaps.removeFirst()
            }
            return .init(id: Int(part.piece), range: min(begin, Int(part.end))..<Int(part.end))
        }
    }
}
