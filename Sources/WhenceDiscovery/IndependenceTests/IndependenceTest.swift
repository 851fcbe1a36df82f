/// Answers to "are these two variables independent given those?".
///
/// Give your own tests to the algorithms by conforming to this protocol. Answers must depend on nothing but the
/// question: the algorithms ask each question once.
public protocol IndependenceTest: Sendable {
    /// Number of variables, which become the nodes `0 ..< nodeCount`.
    var nodeCount: Int { get }

    /// Largest conditioning set that the number of samples allows; `nil` when nothing bounds it.
    var maximumConditioningSize: Int? { get }

    /// Tests `i` and `j` for independence given a set.
    ///
    /// - Parameters:
    ///   - i: A node.
    ///   - j: Another node; the answer is the same with the two exchanged.
    ///   - set: Ascending nodes without `i` and `j`.
    func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome
}

/// The answer of an independence test.
public struct IndependenceOutcome: Sendable, Hashable {
    /// Probability of data at least as dependent, were the two independent; 0 to 1.
    public var pValue: Double
    /// The decision.
    public var isIndependent: Bool
    /// Whether a singular covariance made the test impossible, which counts as dependent.
    public var isDegenerate: Bool

    /// Makes an outcome.
    public init(pValue: Double, isIndependent: Bool, isDegenerate: Bool = false) {
        self.pValue = pValue
        self.isIndependent = isIndependent
        self.isDegenerate = isDegenerate
    }
}
