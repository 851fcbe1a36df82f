internal import Foundation

/// Unicode's normalisation forms that the reference tokenizers use, with every character's place kept.
///
/// Foundation normalises one character at a time, so that it is known what became of each; reordering and
/// composition, which look at several, are done here.
///
/// - Note: Unicode Standard Annex #15, *Unicode Normalization Forms*.
extension TracedText {
    /// How far characters are taken apart.
    enum Decomposition {
        /// NFD: `é` becomes `e` and an accent.
        case canonical
        /// NFKD: also `ﬁ` becomes `fi`, and `½` becomes `1⁄2`.
        case compatibility
    }

    /// Normalisation form D or KD.
    ///
    /// - Complexity: O(characters), and one call of Foundation for each different character beyond ASCII.
    func decomposed(_ form: Decomposition) -> TracedText {
        var known: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        var result = mapped { scalar in
            if scalar.value < 0x80 { return [scalar] }
            if let parts = known[scalar] { return parts }
            let string = String(scalar)
            let parts =
                switch form {
                case .canonical: string.decomposedStringWithCanonicalMapping
                case .compatibility: string.decomposedStringWithCompatibilityMapping
                }
            known[scalar] = Array(parts.unicodeScalars)
            return Array(parts.unicodeScalars)
        }
        result.orderMarks()
        return result
    }

    /// Normalisation form C: accents join the letters before them where Unicode has a character for both.
    ///
    /// - Complexity: O(characters), and one call of Foundation for each different pair beyond ASCII.
    func composed() -> TracedText {
        guard scalars.contains(where: { $0.scalar.value >= 0x80 }) else { return self }
        let parts = decomposed(.canonical).scalars
        var known: [Pair: Unicode.Scalar?] = [:]
        var result: [TracedScalar] = []
        result.reserveCapacity(parts.count)
        /// The last character that others can join, and the class of the mark kept last behind it.
        var starter: Int?
        var blocking: UInt8 = 0
        for part in parts {
            let combining = part.scalar.combiningClass
            if let starter, part.scalar.value >= 0x300, blocking < combining || starter == result.count - 1 {
                let pair = Pair(first: result[starter].scalar, second: part.scalar)
                if let whole = known[pair] ?? pair.composition {
                    known[pair] = whole
                    let span = result[starter].span
                    result[starter].scalar = whole
                    result[starter].span = span.lowerBound..<max(span.upperBound, part.span.upperBound)
                    continue
                }
                known[pair] = .some(nil)
            }
            if combining == 0 { starter = result.count }
            blocking = combining
            result.append(part)
        }
        return TracedText(result).withAscendingSpans()
    }

    /// Sorts each run of marks by combining class, keeping the order inside a class.
    ///
    /// Marks that have changed places share the bytes of their run, so that spans still ascend.
    private mutating func orderMarks() {
        var index = 0
        while index < scalars.count {
            guard scalars[index].scalar.combiningClass != 0 else {
                index += 1
                continue
            }
            let start = index
            while index < scalars.count, scalars[index].scalar.combiningClass != 0 { index += 1 }
            guard index - start > 1 else { continue }
            let run = scalars[start..<index]
            let order = run.indices.sorted {
                let (a, b) = (run[$0].scalar.combiningClass, run[$1].scalar.combiningClass)
                return a != b ? a < b : $0 < $1
            }
            guard !order.elementsEqual(run.indices) else { continue }
            let span = run[start].span.lowerBound..<run[index - 1].span.upperBound
            for (place, source) in zip(start..<index, order) {
                scalars[place] = TracedScalar(scalar: run[source].scalar, span: span)
            }
        }
    }

    /// Ends that a composition moved behind marks between its parts are passed on to these marks.
    private func withAscendingSpans() -> TracedText {
        var result = self
        for index in result.scalars.indices.dropFirst() {
            let before = result.scalars[index - 1].span
            let span = result.scalars[index].span
            guard span.upperBound < before.upperBound || span.lowerBound < before.lowerBound else { continue }
            let lower = max(span.lowerBound, before.lowerBound)
            result.scalars[index].span = lower..<max(span.upperBound, before.upperBound)
        }
        return result
    }
}

/// Two characters that may have a common one.
private struct Pair: Hashable {
    var first: Unicode.Scalar
    var second: Unicode.Scalar

    /// The character for both; `nil` when Unicode has none or keeps them apart.
    var composition: Unicode.Scalar? {
        // Taken apart first, because Foundation leaves a Hangul syllable and the consonant behind it apart.
        var parts = String(first).decomposedStringWithCanonicalMapping.unicodeScalars
        parts.append(second)
        let composed = String(parts).precomposedStringWithCanonicalMapping.unicodeScalars
        return composed.count == 1 ? composed.first : nil
    }
}

extension Unicode.Scalar {
    /// Unicode's canonical combining class; 0 for everything that is not a mark of its own kind.
    var combiningClass: UInt8 {
        value < 0x300 ? 0 : properties.canonicalCombiningClass.rawValue
    }
}
