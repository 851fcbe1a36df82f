extension TracedText {
    /// Unicode's `NFKC_Casefold`: compatibility forms and the case of letters are folded, and characters that are not
    /// seen are dropped; a dropped one belongs to none.
    ///
    /// - Complexity: O(characters), and several calls of Foundation for each different character beyond ASCII.
    /// - Note: The Unicode Standard, §3.13, *Default Case Algorithms*.
    func caseFolded() -> TracedText {
        guard scalars.contains(where: { $0.scalar.value >= 0x80 }) else {
            return mapped { $0.lowercaseScalars }
        }
        let folded = decomposed(.canonical).folded().decomposed(.compatibility).folded()
            .decomposed(.compatibility).composed()
        // A composition may be one that folds again.
        return folded
    }

    private func folded() -> TracedText {
        mapped { scalar in
            if scalar.value < 0x80 { return scalar.lowercaseScalars }
            if scalar.properties.isDefaultIgnorableCodePoint { return [] }
            return scalar.caseFoldedScalars
        }
    }
}

extension Unicode.Scalar {
    /// The full case folding of one character.
    ///
    /// It is the lower case of the upper case, as `ς` and `σ` have the same capital; `ı` alone stays apart from its
    /// capital, and Cherokee folds to capitals.
    fileprivate var caseFoldedScalars: [Unicode.Scalar] {
        switch value {
        case 0x131: return [self]
        case 0x13A0...0x13F5: return [self]
        case 0x13F8...0x13FD, 0xAB70...0xABBF: return Array(properties.uppercaseMapping.unicodeScalars)
        default: break
        }
        let lower = properties.lowercaseMapping
        let upper = lower.unicodeScalars.flatMap { $0.properties.uppercaseMapping.unicodeScalars }
        return upper.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
    }
}
