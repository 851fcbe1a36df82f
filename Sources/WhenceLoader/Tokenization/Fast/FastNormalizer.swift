internal import Foundation

/// What a `tokenizer.json` does to a text before it is cut.
///
/// - Note: `normalizers` of https://github.com/huggingface/tokenizers, version 0.21.
indirect enum FastNormalizer: Sendable {
    case sequence([FastNormalizer])
    case bert(cleans: Bool, separatesChinese: Bool, dropsAccents: Bool, lowercases: Bool)
    case lowercase
    case form(TracedText.Decomposition, composes: Bool)
    case stripAccents
    case replace([Unicode.Scalar], by: [Unicode.Scalar])
    case replaceRuns(Runs, by: [Unicode.Scalar])
    case precompiled(CharacterMap)
    case prepend([Unicode.Scalar])
    case strip(left: Bool, right: Bool)
    case nmt

    /// What a regular expression replaces; of the many that there could be, those that libraries write.
    enum Runs: String, CaseIterable {
        /// Two or more blanks.
        case blanks = " {2,}"
        /// Two or more characters of white space, and each tab and line break; DeBERTa's of transformers 5.
        case whiteSpace = "\\s{2,}|[\\n\\r\\t]"
    }

    private static let known = [
        "Sequence", "BertNormalizer", "Lowercase", "NFC", "NFD", "NFKC", "NFKD", "StripAccents", "Replace",
        "Precompiled", "Prepend", "Strip", "Nmt",
    ]

    /// Reads the part of the file.
    ///
    /// - Throws: `LoaderError.unsupported` for a kind that is not known, `.invalid` for damaged fields.
    init(_ json: FastComponent) throws(LoaderError) {
        switch try json.type {
        case "Sequence":
            var parts: [FastNormalizer] = []
            for part in try json.components("normalizers") { parts.append(try FastNormalizer(part)) }
            self = .sequence(parts)
        case "BertNormalizer":
            let lowercases = try json.flag("lowercase", standard: true)
            self = .bert(
                cleans: try json.flag("clean_text", standard: true),
                separatesChinese: try json.flag("handle_chinese_chars", standard: true),
                dropsAccents: try json.flag("strip_accents", standard: lowercases), lowercases: lowercases)
        case "Lowercase": self = .lowercase
        case "NFC": self = .form(.canonical, composes: true)
        case "NFD": self = .form(.canonical, composes: false)
        case "NFKC": self = .form(.compatibility, composes: true)
        case "NFKD": self = .form(.compatibility, composes: false)
        case "StripAccents": self = .stripAccents
        case "Replace": self = try Self.replacement(json)
        case "Precompiled":
            let text = try json.text("precompiled_charsmap") ?? ""
            let bytes = try json.demand(Data(base64Encoded: text), "precompiled_charsmap", "base 64")
            do {
                self = .precompiled(try CharacterMap([UInt8](bytes)))
            } catch {
                throw json.invalid(
                    "precompiled_charsmap", expected: "a normalisation table", found: error.found)
            }
        case "Prepend":
            self = .prepend(Array(try json.demand(json.text("prepend"), "prepend", "a text").unicodeScalars))
        case "Strip":
            self = .strip(
                left: try json.flag("strip_left", standard: true),
                right: try json.flag("strip_right", standard: true))
        case "Nmt": self = .nmt
        case let type: throw json.unsupported("the normalizer \(type)", known: Self.known)
        }
    }

    private static func replacement(_ json: FastComponent) throws(LoaderError) -> FastNormalizer {
        let content = Array(try json.demand(json.text("content"), "content", "a text").unicodeScalars)
        let pattern = try json.component("pattern")
        if let text = try pattern.text("String") { return .replace(Array(text.unicodeScalars), by: content) }
        let expression = try pattern.demand(pattern.text("Regex"), "Regex", "a text or an expression")
        guard let runs = Runs(rawValue: expression) else {
            throw json.unsupported(
                "the expression \(expression.debugDescription)",
                known: Runs.allCases.map(\.rawValue.debugDescription))
        }
        return .replaceRuns(runs, by: content)
    }

    /// The text as it is cut.
    ///
    /// - Complexity: O(characters).
    func normalized(_ text: TracedText) -> TracedText {
        switch self {
        case .sequence(let parts): return parts.reduce(text) { $1.normalized($0) }
        case .bert(let cleans, let separatesChinese, let dropsAccents, let lowercases):
            var result = text
            if cleans {
                result = result.mapped { scalar in
                    if scalar.isDroppedByFastBert { return [] }
                    return [scalar.isUnicodeWhiteSpace ? " " : scalar]
                }
            }
            if separatesChinese {
                result = result.mapped { $0.isChineseCharacterOfFastBert ? [" ", $0, " "] : [$0] }
            }
            if dropsAccents {
                result = result.decomposed(.canonical).droppingMarks { $0.isAccentOfFastBert }
            }
            return lowercases ? result.mapped { $0.lowercaseScalars } : result
        case .lowercase: return text.mapped { $0.lowercaseScalars }
        case .form(let form, let composes):
            let parts = text.decomposed(form)
            return composes ? parts.composed() : parts
        case .stripAccents: return text.droppingMarks { $0.isMark }
        case .replace(let pattern, let content): return text.replacing(pattern, by: content)
        case .replaceRuns(.blanks, let content):
            return text.replacingRuns(by: content, of: { $0 == " " }, single: { _ in false })
        case .replaceRuns(.whiteSpace, let content):
            return text.replacingRuns(
                by: content, of: \.isUnicodeWhiteSpace, single: { ["\n", "\r", "\t"].contains($0) })
        case .precompiled(let table): return text.replaced(by: table)
        case .prepend(let content): return text.scalars.isEmpty ? text : text.prepending(content)
        case .strip(let left, let right):
            var scalars = text.scalars[...]
            if left { scalars = scalars.drop { $0.scalar.isUnicodeWhiteSpace } }
            if right { while scalars.last?.scalar.isUnicodeWhiteSpace == true { scalars.removeLast() } }
            return TracedText(scalars)
        case .nmt:
            return text.mapped { scalar in
                if scalar.isDroppedByNmt { return [] }
                return [scalar.isBlankToNmt ? " " : scalar]
            }
        }
    }
}
