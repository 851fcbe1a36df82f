/// Titles as a person reads them.
extension String {
    /// The title, or as much of it as fits: cut between words, and with the year that ends it.
    ///
    /// `Dr. Strangelove or: How I Learned to Stop Worrying (1963)` in 32 columns is `Dr. Strangelove or: How… (1963)`.
    func elidedTitle(toWidth limit: Int) -> String {
        guard displayWidth > limit else { return self }
        let (full, year) = splitYear
        // Other names, in parentheses, go before words of the main one do.
        let main = full.firstRange(of: " (").map { String(full[..<$0.lowerBound]) } ?? full
        let name = main.isEmpty ? full : main
        guard name == full || name.displayWidth + 1 + year.displayWidth > limit else {
            return name + "…" + year
        }
        let room = limit - year.displayWidth
        // A year alone would name nothing.
        guard room >= 8 else { return elided(toWidth: limit) }
        let cut = name.elided(toWidth: room)
        let words = cut.dropLast().split(separator: " ", omittingEmptySubsequences: false)
        let isWhole = name.dropFirst(cut.count - 1).first == " "
        let whole = isWhole ? words[...] : words.dropLast()
        var kept = whole.joined(separator: " ")
        while let last = kept.last, ",:;-".contains(last) || last == " " { kept.removeLast() }
        return (2 * kept.displayWidth >= room ? kept + "…" : cut) + year
    }

    /// The title, escaped and elided, in typographic quotation marks.
    func quotedTitle(maximumWidth: Int) -> String { "“\(visibleLabel.elidedTitle(toWidth: maximumWidth))”" }

    /// The name, and ` (1977)` if the title ends with it.
    private var splitYear: (name: String, year: String) {
        let end = suffix(7)
        let inner = end.dropFirst(2).dropLast()
        guard end.hasPrefix(" ("), end.hasSuffix(")"), inner.count == 4,
            inner.allSatisfy({ $0.isASCII && $0.isNumber }), count > 7
        else { return (self, "") }
        return (String(dropLast(7)), String(end))
    }
}
