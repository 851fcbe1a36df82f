internal import Foundation

/// A title as people type it: no case, no accents, no punctuation, the article in front, the year apart.
///
/// `Cité des enfants perdus, La (City of Lost Children, The) (1995)` has the names `la cite des enfants perdus` and
/// `the city of lost children` and the year `1995`.
struct TitleKey: Sendable, Hashable {
    /// Every word of the title, in its order.
    let whole: String
    /// The names that it holds, the main one first; without years, articles in front.
    let names: [String]
    /// Four digits in parentheses at the end.
    let year: String?

    init(_ title: String) {
        whole = Self.folded(title)
        var rest = title.trimmingCharacters(in: .whitespaces)
        var year: String?
        var parts: [String] = []
        // Parentheses are taken off from the end: first the year, then other names.
        while rest.hasSuffix(")"), let open = rest.lastIndex(of: "("), open > rest.startIndex {
            let inner = rest[rest.index(after: open)...].dropLast()
            if inner.count == 4, inner.allSatisfy({ $0.isASCII && $0.isNumber }) {
                year = year ?? String(inner)
            } else {
                parts.append(String(inner))
            }
            rest = rest[..<open].trimmingCharacters(in: .whitespaces)
        }
        self.year = year
        var names: [String] = []
        for part in [rest] + parts.reversed() {
            let name = Self.folded(Self.movingArticle(part))
            if !name.isEmpty, !names.contains(name) { names.append(name) }
        }
        self.names = names
    }

    /// The names without an article in front.
    var bareNames: [String] { names.map(Self.withoutArticle) }

    /// Whether nothing speaks against the year that was asked for.
    func allows(year wanted: String?) -> Bool { wanted == nil || wanted == year }

    /// Small letters and digits without accents, words apart by single spaces.
    static func folded(_ text: String) -> String {
        let plain = text.folding(
            options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
        var words: [String] = []
        var word = ""
        for character in plain {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else if character == "&" {
                if !word.isEmpty { words.append(word) }
                words.append("and")
                word = ""
            } else if character != "'", character != "’" {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.joined(separator: " ")
    }

    /// Articles of the languages that catalogues of films move to the end.
    private static let articles: Set<String> = [
        "the", "a", "an", "le", "la", "les", "l", "un", "une", "des", "der", "die", "das", "ein", "eine",
        "el", "los",
        "las", "il", "lo", "gli", "i", "o", "os", "as", "de", "het", "den", "det",
    ]

    /// `The Godfather` for `Godfather, The`.
    private static func movingArticle(_ name: String) -> String {
        guard let comma = name.lastIndex(of: ",") else { return name }
        let end = name[name.index(after: comma)...].trimmingCharacters(in: .whitespaces)
        guard articles.contains(folded(end)) else { return name }
        return "\(end) \(name[..<comma])"
    }

    private static func withoutArticle(_ name: String) -> String {
        guard let space = name.firstIndex(of: " "), articles.contains(String(name[..<space])) else {
            return name
        }
        return String(name[name.index(after: space)...])
    }
}
