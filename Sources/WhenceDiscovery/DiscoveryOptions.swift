/// Which separating set of a pair is recorded when several of one size are found.
public enum SeparatingSetRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The first in the documented order of the search.
    case firstFound = "first"
    /// The one with the largest p-value; makes the graph independent of the order of the nodes.
    ///
    /// p-values that differ by rounding only count as equal, and all their sets as recorded: a triple about which they
    /// do not agree is ambiguous. The rules of orientation then judge in rounds instead of node by node, and an edge
    /// that a rule directs both ways becomes `<->`.
    case maximumPValue = "max-p"
}

/// How an unshielded triple `a - b - c` is found to be a collider.
public enum ColliderRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// By the recorded separating set of a and c: a collider if b is not in it.
    case plain
    /// By all sets that separate a and c, of the sizes that the search allows, among the subsets of the neighbours of
    /// either: a collider if b is in none, none if b is in all, and otherwise ambiguous: no rule uses the triple.
    ///
    /// It decides on the marks of the result; the search for separating sets goes by the plain rule. It takes more
    /// tests, exponentially many in the number of neighbours; limits on tests and on time bound them too.
    case conservative
}

/// Bounds on a run. A run that meets one returns the best graph so far and says which bound it met.
public struct DiscoveryLimits: Sendable, Hashable {
    /// Longest time of the run. The search gets nine tenths of it, so that time is left for the orientation.
    public var time: Duration?
    /// Most independence tests.
    public var tests: Int?
    /// Largest conditioning set.
    public var conditioningSize: Int?

    /// Makes limits; `nil` is no limit.
    public init(time: Duration? = nil, tests: Int? = nil, conditioningSize: Int? = nil) {
        self.time = time
        self.tests = tests
        self.conditioningSize = conditioningSize
    }

    /// - Throws: `DiscoveryError.limit` for a negative limit.
    func validate() throws {
        if let time, time < .zero { throw DiscoveryError.limit(name: "time", value: "\(time)") }
        if let tests, tests < 0 { throw DiscoveryError.limit(name: "independence tests", value: "\(tests)") }
        if let size = conditioningSize, size < 0 {
            throw DiscoveryError.limit(name: "the conditioning set", value: "\(size)")
        }
    }
}

/// Every choice that the algorithms share.
public struct DiscoveryOptions: Sendable, Hashable {
    /// Bounds on the run.
    public var limits = DiscoveryLimits()
    /// Allows selection bias, and so edges `---` and `o--`: switches rules R5 to R7 on.
    public var selectionBias = false
    /// Which separating set is recorded.
    public var separatingSetRule = SeparatingSetRule.firstFound

    /// How colliders are found.
    public var colliderRule = ColliderRule.plain
    /// What is known beforehand, about the nodes of the test.
    public var knowledge: BackgroundKnowledge?

    /// The defaults.
    public init() {}

    /// A run's way to its test.
    ///
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about other variables.
    func session(
        for test: some IndependenceTest, _ progress: DiscoveryProgressHandler?
    ) throws -> TestSession {
        try knowledge?.validate(nodeCount: test.nodeCount)
        let session = try TestSession(test, limits: limits, progress: progress)
        if colliderRule == .conservative { session.rememberAnswers() }
        return session
    }

    /// Largest conditioning set; the same as `limits.conditioningSize`.
    public var maximumConditioningSize: Int? {
        get { limits.conditioningSize }
        set { limits.conditioningSize = newValue }
    }
}
