/// How a `tokenizer.json` finds the words that its model cuts.
///
/// - Note: `pre_tokenizers` of https://github.com/huggingface/tokenizers, version 0.21.
indirect enum FastPreTokenizer: Sendable {
    case sequence([FastPreTokenizer])
    case bert
    case words
    case whiteSpace
    case metaspace(Unicode.Scalar, prepends: Prepending, splits: Bool)
    case byteLevel(addsBlank: Bool, findsWords: Bool)
    case punctuation(FastSplitBehavior)
    case digits(oneByOne: Bool)
    case split(Pattern, FastSplitBehavior, inverts: Bool)

    /// Where a `▁` is put before a stretch.
    enum Prepending: String, Sendable {
        case always, first, never
    }

    /// What a `Split` looks for.
    enum Pattern: Sendable {
        case text([Unicode.Scalar])
        case byteLevelWords
    }

    private static let known = [
        "Sequence", "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Metaspace", "ByteLevel",
        "Punctuation",
        "Digits", "Split",
    ]
    private static let byteLevelExpression =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

    /// Reads the part of the file.
    ///
    /// - Throws: `LoaderError.unsupported` for a kind that is not known, `.invalid` for damaged fields.
    init(_ json: FastComponent) throws(LoaderError) {
        switch try json.type {
        case "Sequence":
            var parts: [FastPreTokenizer] = []
            for part in try json.components("pretokenizers") { parts.append(try FastPreTokenizer(part)) }
            self = .sequence(parts)
        case "BertPreTokenizer": self = .bert
        case "Whitespace": self = .words
        case "WhitespaceSplit": self = .whiteSpace
        case "Metaspace": self = try Self.metaspace(json)
        case "ByteLevel":
            self = .byteLevel(
                addsBlank: try json.flag("add_prefix_space", standard: true),
                findsWords: try json.flag("use_regex", standard: true))
        case "Punctuation": self = .punctuation(try FastSplitBehavior(json, standard: .isolated))
        case "Digits": self = .digits(oneByOne: try json.flag("individual_digits", standard: false))
        case "Split":
            let pattern = try json.component("pattern")
            let behavior = try FastSplitBehavior(json, standard: nil)
            let inverts = try json.flag("invert", standard: false)
            if let text = try pattern.text("String") {
                self = .split(.text(Array(text.unicodeScalars)), behavior, inverts: inverts)
                return
            }
            let expression = try pattern.demand(pattern.text("Regex"), "Regex", "a text or an expression")
            guard expression == Self.byteLevelExpression else {
                throw json.unsupported(
                    "the expression \(expression.debugDescription)", known: [Self.byteLevelExpression])
            }
            self = .split(.byteLevelWords, behavior, inverts: inverts)
        case let type: throw json.unsupported("the pre-tokenizer \(type)", known: Self.known)
        }
    }

    private static func metaspace(_ json: FastComponent) throws(LoaderError) -> FastPreTokenizer {
        let text = try json.text("replacement") ?? "▁"
        guard let replacement = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            throw json.invalid("replacement", expected: "one character", found: text.debugDescription)
        }
        // Older files say only whether a blank is added.
        let adds = try json.flag("add_prefix_space", standard: true)
        let scheme = try json.text("prepend_scheme")
        let prepends = try json.demand(
            scheme.map { Prepending(rawValue: $0) } ?? (adds ? .always : .never), "prepend_scheme",
            "always, first or never")
        return .metaspace(replacement, prepends: prepends, splits: try json.flag("split", standard: true))
    }

    /// Whether a blank is put before a stretch that is cut into bytes, as the folder's settings say over the file.
    func addingBlank(_ adds: Bool) -> FastPreTokenizer {
        switch self {
        case .byteLevel(_, let findsWords): .byteLevel(addsBlank: adds, findsWords: findsWords)
        default: self
        }
    }

    /// The words of a stretch without added tokens; none is empty.
    ///
    /// - Parameter start: where a first character lies that counts as that of the whole input; `nil` if none does.
    /// - Complexity: O(characters).
    func words(of text: TracedText, start: Int?) -> [TracedText] {
        let scalars = text.scalars
        switch self {
        case .sequence(let parts):
            return parts.reduce([text]) { words, part in words.flatMap { part.words(of: $0, start: start) } }
        case .bert:
            return text.split(where: \.isUnicodeWhiteSpace).flatMap { word in
                FastSplitBehavior.isolated.apply(to: word.scalars) {
                    word.scalars[$0].scalar.isFastPunctuation ? $0 + 1 : nil
                }
            }
        case .words:
            return FastSplitBehavior.removed.apply(to: scalars) { index in
                let isWord = scalars[index].scalar.isWordCharacter
                guard scalars[index].scalar.isUnicodeWhiteSpace == false || isWord else { return nil }
                return scalars[index...].firstIndex {
                    $0.scalar.isWordCharacter != isWord || !isWord && $0.scalar.isUnicodeWhiteSpace
                } ?? scalars.count
            } inverts: {
                true
            }
        case .whiteSpace: return text.split(where: \.isUnicodeWhiteSpace)
        case .metaspace(let replacement, let prepends, let splits):
            return metaspaceWords(text, replacement, prepends, splits, start)
        case .byteLevel(let addsBlank, let findsWords):
            let begins = scalars.first?.scalar == " "
            let whole = addsBlank && !begins ? text.prepending([" "]) : text
            let words =
                findsWords
                ? ByteLevelWords.ranges(of: whole.scalars).map { TracedText(whole.scalars[$0]) } : [whole]
            return words.map { $0.spelledInBytes() }
        case .punctuation(let behavior):
            return behavior.apply(to: scalars) { scalars[$0].scalar.isFastPunctuation ? $0 + 1 : nil }
        case .digits(let oneByOne):
            return (oneByOne ? FastSplitBehavior.isolated : .contiguous).apply(to: scalars) {
                scalars[$0].scalar.isNumeric ? $0 + 1 : nil
            }
        case .split(.text(let pattern), let behavior, let inverts):
            return behavior.apply(to: scalars) { index in
                guard !pattern.isEmpty, scalars[index...].lazy.map(\.scalar).starts(with: pattern) else {
                    return nil
                }
                return index + pattern.count
            } inverts: {
                inverts
            }
        case .split(.byteLevelWords, let behavior, let inverts):
            var ends: [Int: Int] = [:]
            for range in ByteLevelWords.ranges(of: scalars) { ends[range.lowerBound] = range.upperBound }
            return behavior.apply(to: scalars) {
                ends[$0]
            } inverts: {
                inverts
            }
        }
    }

    private func metaspaceWords(
        _ text: TracedText, _ replacement: Unicode.Scalar, _ prepends: Prepending, _ splits: Bool,
        _ start: Int?
    ) -> [TracedText] {
        guard let first = text.scalars.first else { return [] }
        var whole = text.mapped { [$0 == " " ? replacement : $0] }
        let wants =
            switch prepends {
            case .always: true
            case .first: first.span.lowerBound == start
            case .never: false
            }
        if wants, whole.scalars.first?.scalar != replacement { whole = whole.prepending([replacement]) }
        guard splits else { return [whole] }
        let scalars = whole.scalars
        return FastSplitBehavior.mergedWithNext.apply(to: scalars) {
            scalars[$0].scalar == replacement ? $0 + 1 : nil
        }
    }
}

extension TracedText {
    /// Each byte as the character that byte-level vocabularies spell it with; the parts of a character all stand for
    /// the whole of it.
    fileprivate func spelledInBytes() -> TracedText {
        mapped { scalar in scalar.utf8.map { ByteAlphabet.characters[Int($0)] } }
    }
}
