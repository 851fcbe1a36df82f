extension String {
    /// The lines without their ends, which may be `\n`, `\r\n` or `\r`; without a mark of byte order.
    var lines: [Substring] {
        var rest = self[...]
        if rest.unicodeScalars.first == "\u{FEFF}" { rest.unicodeScalars.removeFirst() }
        return rest.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
    }
}

extension Substring {
    /// Without white space at the ends.
    var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}

extension String {
    /// Whether the first scalar would join a character before it, as a combining mark does.
    var joinsWhatStandsBefore: Bool { (" " + self).count != count + 1 }

    /// Every quotation mark replaced; one that carries a combining mark is one too.
    func replacingQuotationMarks(with replacement: String) -> String {
        var output = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == "\"" {
                output.append(contentsOf: replacement.unicodeScalars)
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }
}
