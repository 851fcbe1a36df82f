/// Which separating set of a pair is recorded when several of one size are found.
public enum SeparatingSetRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The first in the documented order of the search.
    case firstFound = "first"
    /// The one with the largest p-value; makes the graph independent of the order of the nodes.
    case maximumPValue = "max-p"
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

    /// The defaults.
    public init() {}

    /// Largest conditioning set; the same as `limits.conditioningSize`.
    public var maximumConditioningSize: Int? {
        get { limits.conditioningSize }
        set { limits.conditioningSize = newValue }
    }
}
