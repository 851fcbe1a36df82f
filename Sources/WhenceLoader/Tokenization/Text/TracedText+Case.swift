extension TracedText {
    /// In lower case as Python's `str.lower` gives it: full mappings (`İ` becomes two characters), and `Σ` at
    /// the end of a word becomes `ς`.
    func lowercased() -> TracedText {
        guard scalars.contains(where: { $0.scalar == capitalSigma }) else {
            return mapped { $0.lowercaseScalars }
        }
        var result: [TracedScalar] = []
        result.reserveCapacity(scalars.count)
        for (index, traced) in scalars.enumerated() {
            let lower =
                traced.scalar == capitalSigma
                ? [endsWord(sigmaAt: index) ? finalSigma : smallSigma] : traced.scalar.lowercaseScalars
            for scalar in lower { result.append(TracedScalar(scalar: scalar, span: traced.span)) }
        }
        return TracedText(result)
    }

    /// Unicode's Final_Sigma: a cased letter before it, none behind it, ignorable characters apart.
    ///
    /// - Complexity: O(ignorable characters around it).
    private func endsWord(sigmaAt index: Int) -> Bool {
        let before = scalars[..<index].last { !$0.scalar.properties.isCaseIgnorable }
        guard before?.scalar.properties.isCased == true else { return false }
        let behind = scalars[(index + 1)...].first { !$0.scalar.properties.isCaseIgnorable }
        return behind?.scalar.properties.isCased != true
    }
}

private let capitalSigma: Unicode.Scalar = "Σ"
private let smallSigma: Unicode.Scalar = "σ"
private let finalSigma: Unicode.Scalar = "ς"

extension Unicode.Scalar {
    /// The full lower-case mapping of one character out of context.
    var lowercaseScalars: [Unicode.Scalar] {
        if value < 0x80 {
            return [(65...90).contains(value) ? Unicode.Scalar(UInt8(value) | 0x20) : self]
        }
        return Array(properties.lowercaseMapping.unicodeScalars)
    }
}
