/// Cuts texts as KerasHub's BERT tokenizers do: into words, and these greedily into pieces of a `vocabulary.txt`.
///
/// - Note: `WordPieceTokenizer` of keras-hub 0.19.3, over TensorFlow Text's `FastWordpieceTokenizer`.
struct KerasWordPieceTokenizer: TemplatedTokenizer {
    let vocabularySize: Int
    let specialTokens: SpecialTokens
    let kind = "WordPiece (Keras)"
    let template: EncodingTemplate
    private let vocabulary: WordPieceVocabulary
    private let options: KerasWordPieceOptions
    private let specials: ByteTrie

    /// Longer words are not cut but unknown.
    private static let mostBytes = 100

    /// - Parameters:
    ///   - bytes: the content of `vocabulary.txt`.
    ///   - path: the file, for errors.
    ///   - options: the class's.
    ///   - packing: what long texts are cut to.
    /// - Throws: `LoaderError.invalid` when the file is no usable vocabulary.
    init(vocabulary bytes: [UInt8], path: String, options: KerasWordPieceOptions, packing: KerasPacking)
        throws(LoaderError)
    {
        let vocabulary = try WordPieceVocabulary(
            bytes, path: path, unknown: options.unknown, continuation: options.continuation, isKeras: true)
        func token(_ spelling: String) throws(LoaderError) -> Token {
            guard let id = vocabulary.id(of: spelling.utf8) else {
                throw .invalid(
                    path: path, place: "the whole file", expected: "a line \(spelling)",
                    found: counted(vocabulary.pieces.count, "line") + " without one",
                    hint: "The vocabulary belongs to another model.")
            }
            return Token(id: id, piece: spelling, span: nil)
        }
        let start = try token("[CLS]")
        let end = try token("[SEP]")
        specialTokens = SpecialTokens(
            classification: start.id, separator: end.id, padding: try token("[PAD]").id,
            unknown: try token(options.unknown).id, mask: vocabulary.id(of: "[MASK]".utf8))
        template = EncodingTemplate(
            .bert, start: start, end: end, truncation: packing.truncation, bound: packing.bound)
        vocabularySize = vocabulary.pieces.count
        var specials = ByteTrie()
        for (index, spelling) in options.specials.enumerated() { specials.insert(spelling.utf8, index) }
        self.specials = specials
        self.vocabulary = vocabulary
        self.options = options
    }

    func piece(_ id: Int) -> String? {
        vocabulary.pieces.indices.contains(id) ? vocabulary.pieces[id] : nil
    }

    func tokens(of text: String) throws(LoaderError) -> [Token] {
        words(of: TracedText(original: text)).flatMap { tokens(of: $0) }
    }

    /// The words of a text, spelt as the vocabulary spells them.
    ///
    /// - Complexity: O(characters).
    private func words(of text: TracedText) -> [TracedText] {
        var text = text
        if options.separatesChinese, options.splits {
            text = text.mapped { $0.isChineseCharacter ? [" ", $0, " "] : [$0] }
        }
        if options.dropsAccents {
            text = text.decomposed(.canonical).droppingMarks {
                $0.properties.generalCategory == .nonspacingMark
            }
        }
        guard options.splits else { return [options.lowercases ? text.caseFolded() : text] }
        return separated(text.upToNUL()).map { word in
            options.lowercases && !word.isSpecial ? word.text.caseFolded() : word.text
        }
    }

    private func separated(_ text: TracedText) -> [(text: TracedText, isSpecial: Bool)] {
        let scalars = text.scalars
        let bytes = specials.isEmpty ? [] : scalars.flatMap { $0.scalar.utf8 }
        var result: [(text: TracedText, isSpecial: Bool)] = []
        var start = 0
        func close(at end: Int) {
            if end > start { result.append((TracedText(scalars[start..<end]), false)) }
        }
        var index = 0
        var offset = 0
        while index < scalars.count {
            let scalar = scalars[index].scalar
            var next = index + 1
            if !specials.isEmpty,
                let match = specials.matches(in: bytes[offset...]).min(by: { $0.value < $1.value })
            {
                close(at: index)
                next = index
                var end = offset
                while end < match.end {
                    end += scalars[next].scalar.utf8.count
                    next += 1
                }
                result.append((TracedText(scalars[index..<next]), true))
                start = next
            } else if scalar.isKerasDelimiter {
                close(at: index)
                start = next
            } else if scalar.isBertPunctuation || options.separatesChinese && scalar.isChineseCharacter {
                close(at: index)
                result.append((TracedText([scalars[index]]), false))
                start = next
            }
            for traced in scalars[index..<next] { offset += traced.scalar.utf8.count }
            index = next
        }
        close(at: scalars.count)
        return result
    }

    /// The pieces of one word.
    private func tokens(of word: TracedText) -> [Token] {
        let bytes = word.scalars.flatMap { $0.scalar.utf8 }
        guard !bytes.isEmpty else { return [] }
        guard bytes.count <= Self.mostBytes, let pieces = vocabulary.cut(bytes) else {
            return [token(specialTokens.unknown, word.scalars[...])]
        }
        return vocabulary.ranges(of: pieces, in: word).map { token($0.id, word.scalars[$0.range]) }
    }

    private func token(_ id: Int, _ characters: ArraySlice<TracedScalar>) -> Token {
        Token(id: id, piece: piece(id) ?? "", span: TracedText(characters).span)
    }
}

extension Unicode.Scalar {
    /// What KerasHub's WordPiece drops between words: ASCII white space, and the categories Cc and Cf.
    fileprivate var isKerasDelimiter: Bool {
        switch value {
        case 0x20: true
        case 0x21..<0x7F: false
        default:
            switch properties.generalCategory {
            case .control, .format: true
            default: false
            }
        }
    }
}
