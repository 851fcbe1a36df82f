/// A way to find the part of a history that a recommendation depends on.
///
/// All verify their sets in the same way, and all are given up at the same size and number of forward passes.
public enum ExplanationMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// CLEANN on ICD's graphs.
    case icd = "cleann-icd"
    /// CLEANN on FCI's graphs.
    case fci = "cleann-fci"
    /// CLEANN's search on graphs with as many edges as ICD's, drawn at random.
    case randomGraph = "random-graph"
    /// Items by the attention that the recommended item pays them, taken away one after another.
    case attentionGreedy = "attention-greedy"
    /// Sets of the items with the most attention, by size, then by their attention together.
    case attentionSubsets = "attention-subsets"
    /// Items by how much the recommended item's score falls without each alone, taken away one after another.
    case leaveOneOut = "leave-one-out"
    /// Every set, by size: the smallest that there is.
    case exhaustive
}

extension ExplanationMethod: CustomStringConvertible {
    /// The name in tables and JSON.
    public var description: String { rawValue }
}

/// What one method found for one history.
public struct MethodOutcome: Sendable, Hashable, Codable {
    /// The method.
    public var method: ExplanationMethod
    /// The places of the history whose items were replaced when the recommendation changed first, counted from 0;
    /// `nil` if no set did.
    public var items: [Int]?
    /// The rank that the item recommended then had before, over all items that the history does not hold.
    public var replacementRank: Int?
    /// Whether the method came to its own end: to a set, or to the last it would try.
    public var isComplete: Bool
    /// Forward passes, those of the recommendation and, where attention is read, of the abduction included.
    public var forwardPasses: Int
    /// Wall time, that of those passes included.
    public var milliseconds: Double

    /// The number of items; `nil` if no set changes the recommendation.
    public var size: Int? { items?.count }

    /// Makes an outcome; every field is as documented above.
    public init(
        method: ExplanationMethod, items: [Int]?, replacementRank: Int?, isComplete: Bool, forwardPasses: Int,
        milliseconds: Double
    ) {
        self.method = method
        self.items = items
        self.replacementRank = replacementRank
        self.isComplete = isComplete
        self.forwardPasses = forwardPasses
        self.milliseconds = milliseconds
    }
}
