extension FastComponent {
    /// Several times what one character becomes in the steps of any tokenizer: 33 bytes.
    private static let mostGrowth = 256.0

    /// Several times the steps of any tokenizer; each looks through the whole text.
    private static let mostSteps = 256

    /// Refuses so many steps that a short text would take seconds.
    ///
    /// - Parameters:
    ///   - name: the part that has the steps.
    ///   - steps: how many there are.
    func check(_ name: String, steps: Int) throws(LoaderError) {
        guard steps <= Self.mostSteps else {
            throw invalid(name, expected: "at most \(Self.mostSteps) steps", found: "\(steps)")
        }
    }

    /// Refuses steps that could fill the memory out of a short text, as a chain of them that each double it does.
    ///
    /// - Parameters:
    ///   - name: the part that has the steps.
    ///   - growth: the most characters that it makes of one.
    func check(_ name: String, growth: Double) throws(LoaderError) {
        guard growth <= Self.mostGrowth else {
            throw invalid(
                name, expected: "steps that make at most \(Int(Self.mostGrowth)) characters of one",
                found: "steps that make more")
        }
    }
}

extension FastNormalizer {
    /// How many steps there are, sequences counted as one more.
    var stepCount: Int {
        guard case .sequence(let parts) = self else { return 1 }
        return parts.reduce(1) { $0 + $1.stepCount }
    }

    /// A bound on the characters that one becomes, beside what Unicode's own forms make of it.
    var growth: Double {
        switch self {
        case .sequence(let parts): parts.reduce(1) { $0 * $1.growth }
        case .replace(let pattern, let content): max(1, Double(content.count) / Double(max(1, pattern.count)))
        case .replaceRuns(.blanks, let content): max(1, Double(content.count) / 2)
        case .replaceRuns(.whiteSpace, let content): max(1, Double(content.count))
        case .precompiled(let table): max(1, Double(table.longestOutput))
        case .prepend(let content): 1 + Double(content.count)
        case .bert, .lowercase, .form, .stripAccents, .strip, .nmt: 1
        }
    }
}

extension FastPreTokenizer {
    /// How many steps there are, sequences counted as one more.
    var stepCount: Int {
        guard case .sequence(let parts) = self else { return 1 }
        return parts.reduce(1) { $0 + $1.stepCount }
    }

    /// A bound on the characters that one becomes.
    var growth: Double {
        switch self {
        case .sequence(let parts): parts.reduce(1) { $0 * $1.growth }
        // A character has up to four bytes, and a blank may stand before the first.
        case .byteLevel: 5
        case .metaspace(_, let prepends, _): prepends == .never ? 1 : 2
        case .bert, .words, .whiteSpace, .punctuation, .digits, .split: 1
        }
    }
}
