/// SentencePiece's normalisation with every character's place kept.
///
/// The library tells places only for whole pieces, and only as the beginning of the rule that made a piece's first
/// byte: `fi` out of `ﬁ` cut into `f` and `i` leaves `f` with nothing. This is the same procedure, so that each
/// character's source is known. `SentencePieceLibrary` compares the outcome with what the library made of the text.
///
/// - Note: `normalizer.cc` of SentencePiece 0.1.97 and 0.2.3, `Normalizer::Normalize` and `NormalizePrefix`.
struct SentencePieceNormalizer: Sendable {
    private let file: Options
    private let rules: CharacterMap
    private let userDefined: ByteTrie
    private let space: [UInt8]

    /// The switches of the model file.
    private struct Options: Sendable {
        var treatsBlankAsSuffix: Bool
        var removesExtraBlanks: Bool
        var addsDummyPrefix: Bool
    }

    /// The normaliser of a model file.
    ///
    /// - Throws: a sentence that says what is wrong with the file's normalisation table.
    init(_ file: SentencePieceFile) throws(SentencePieceFile.Defect) {
        self.file = Options(
            treatsBlankAsSuffix: file.treatsBlankAsSuffix, removesExtraBlanks: file.removesExtraBlanks,
            addsDummyPrefix: file.addsDummyPrefix)
        rules = try CharacterMap(file.characterMap)
        var trie = ByteTrie()
        for (id, piece) in file.pieces.enumerated() where piece.type == .userDefined {
            trie.insert(piece.spelling.prefix { $0 != 0 }, id)
        }
        userDefined = trie
        space = file.escapesBlanks ? Array("▁".utf8) : [0x20]
    }

    /// The normalised form of a text.
    ///
    /// - Complexity: O(bytes · length of the longest rule).
    func normalize(_ text: TracedText) -> NormalizedText {
        let source = Source(text)
        guard !source.bytes.isEmpty else { return NormalizedText() }
        var input = source.bytes[...]
        if file.removesExtraBlanks {
            while !input.isEmpty {
                let (length, output) = prefix(input)
                guard output.elementsEqual([0x20]) else { break }
                input = input.dropFirst(length)
            }
        }
        guard !input.isEmpty else { return NormalizedText() }

        var result = NormalizedText()
        result.bytes.reserveCapacity(input.count + space.count)
        if file.addsDummyPrefix, !file.treatsBlankAsSuffix {
            append(space, source.blank(before: input.startIndex), to: &result)
        }
        var followsBlank = file.removesExtraBlanks
        while !input.isEmpty {
            let (length, replaced) = prefix(input)
            let kept = followsBlank ? replaced.drop { $0 == 0x20 } : replaced
            if !kept.isEmpty {
                let chunk = input.startIndex..<input.startIndex + length
                if let part = source.unchanged(chunk, output: kept) {
                    append(part, to: &result)
                } else {
                    for part in source.parts(of: chunk, output: kept) { append(part, to: &result) }
                }
                followsBlank = kept.last == 0x20
            }
            if !file.removesExtraBlanks { followsBlank = false }
            input = input.dropFirst(length)
        }
        /// Where what is kept ends.
        var end = source.bytes.count
        if file.removesExtraBlanks {
            while let blank = result.bytes.last, result.bytes.suffix(space.count).map(\.value) == space {
                end = blank.begin
                result.bytes.removeLast(space.count)
            }
        }
        if file.addsDummyPrefix, file.treatsBlankAsSuffix {
            append(space, source.blank(before: end), to: &result)
        }
        return result
    }

    /// What the library puts in the place of a byte that begins no character.
    private static let replacement = Array("\u{FFFD}".utf8)[...]

    /// What the text begins with and what it becomes: a user-defined piece stays, the longest rule replaces,
    /// any other character stays.
    private func prefix(_ input: ArraySlice<UInt8>) -> (length: Int, output: ArraySlice<UInt8>) {
        if !userDefined.isEmpty, let match = userDefined.longestMatch(in: input) {
            return (match.end - input.startIndex, input[..<match.end])
        }
        if let match = rules.longestMatch(input) { return match }
        // A piece or a rule that is not made of whole characters has left the rest of one.
        if let first = input.first, first & 0xC0 == 0x80 { return (1, Self.replacement) }
        let length = 1 + input.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
        return (length, input.prefix(length))
    }

    private func append(_ part: Source.Part, to result: inout NormalizedText) {
        let isBlank = part.bytes.count == 1 && part.bytes.first == 0x20
        append(isBlank ? space[...] : part.bytes, part, to: &result)
    }

    private func append(_ bytes: some Sequence<UInt8>, _ part: Source.Part, to result: inout NormalizedText) {
        for byte in bytes {
            result.bytes.append(
                .init(value: byte, span: part.span, isBlank: part.isBlank, begin: part.begin))
        }
    }
}
