import ArgumentParser

/// What separates the fields of a file: one ASCII character, or `tab` or `space`.
struct DelimiterArgument: ExpressibleByArgument {
    var character: Character

    init?(argument: String) {
        switch argument {
        case "tab", "\\t": character = "\t"
        case "space": character = " "
        default:
            guard argument.count == 1, let only = argument.first, only.isASCII, only != "\"", !only.isNewline
            else { return nil }
            character = only
        }
    }

    private init(_ character: Character) { self.character = character }

    /// The delimiter that a file's name tells: tab for `.tsv` and `.tab`, otherwise a comma.
    static func guess(from path: String) -> DelimiterArgument {
        let name = path.lowercased()
        return DelimiterArgument(name.hasSuffix(".tsv") || name.hasSuffix(".tab") ? "\t" : ",")
    }
}
