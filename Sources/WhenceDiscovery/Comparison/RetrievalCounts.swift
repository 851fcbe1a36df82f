/// How many of the things that should be found were, and how many others.
public struct RetrievalCounts: Sendable, Hashable, Codable {
    /// Found, and rightly.
    public var correct: Int
    /// Found, but wrongly.
    public var spurious: Int
    /// Not found, but there.
    public var missing: Int

    /// Makes counts.
    public init(correct: Int = 0, spurious: Int = 0, missing: Int = 0) {
        (self.correct, self.spurious, self.missing) = (correct, spurious, missing)
    }

    /// Share of the found that are right, 0 to 1; `nil` when nothing was found.
    public var precision: Double? { Self.ratio(correct, of: correct + spurious) }

    /// Share of what is there that was found, 0 to 1; `nil` when nothing is there.
    public var recall: Double? { Self.ratio(correct, of: correct + missing) }

    /// Harmonic mean of precision and recall, 0 to 1; `nil` when nothing was found and nothing is there.
    public var f1: Double? { Self.ratio(2 * correct, of: 2 * correct + spurious + missing) }

    private static func ratio(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }

    /// Adds the counts of another comparison, as for averages over many graphs.
    public static func + (left: RetrievalCounts, right: RetrievalCounts) -> RetrievalCounts {
        RetrievalCounts(
            correct: left.correct + right.correct, spurious: left.spurious + right.spurious,
            missing: left.missing + right.missing)
    }

    /// Counts one thing: found or not, there or not.
    mutating func count(found: Bool, there: Bool) {
        switch (found, there) {
        case (true, true): correct += 1
        case (true, false): spurious += 1
        case (false, true): missing += 1
        case (false, false): break
        }
    }
}
