/// A set that separates two nodes, and the p-value of the test that found it.
public struct SeparatingSet: Sendable, Hashable, Codable {
    /// The smaller node.
    public var a: Int
    /// The larger node.
    public var b: Int
    /// The conditioning set, ascending.
    public var set: [Int]
    /// p-value of the test of independence given `set`.
    public var pValue: Double

    /// Makes a separating set.
    public init(a: Int, b: Int, set: [Int], pValue: Double) {
        self.a = a
        self.b = b
        self.set = set
        self.pValue = pValue
    }
}

/// What ended a search before its own end.
public enum DiscoveryBound: String, Sendable, Hashable, Codable, CaseIterable {
    /// The limit on the size of conditioning sets.
    case conditioningSize
    /// The number of samples: a larger conditioning set leaves the test no degree of freedom.
    case samples
    /// The limit on the number of tests.
    case tests
    /// The limit on time.
    case time
    /// The surrounding task was cancelled.
    case cancellation
}

/// What a search found, and how it got there.
public struct DiscoveryResult: Sendable, Hashable {
    /// The partial ancestral graph; what it means is said by `status`.
    public var graph: MixedGraph
    /// One for every two nodes without an edge, by `(a, b)`.
    public var separatingSets: [SeparatingSet]
    /// For every edge, in the order of `graph.edges`: the largest p-value of the tests that kept it, so how
    /// near it came to being removed; 0 when no test was made of it.
    public var edgePValues: [Double]
    /// Independence tests by size of the conditioning set; each distinct test is made and counted once.
    public var testCounts: [Int]
    /// Tests that a singular covariance decided as dependent.
    public var degenerateTestCount: Int
    /// Largest conditioning set that the number of samples allowed, where that ended the search.
    public var sampleBound: Int?
    /// How far the search got.
    public var status: DiscoveryStatus
    /// What ended the search early; `nil` exactly when `status` is `.complete`.
    public var stoppedBy: DiscoveryBound?
    /// The stage that `stoppedBy` ended; `nil` exactly when `status` is `.complete`.
    ///
    /// In `.colliders` and `.orientation` the search had come to its own end: unless `status` is `.skeleton`, the
    /// adjacencies are final.
    public var stoppedIn: DiscoveryStage?
    /// Whether the rules were applied until none applied any more. When false, the marks that are drawn are as
    /// sound as they would be otherwise, but circles are left that a rule would have turned.
    public var isOriented: Bool

    /// For every edge, in the order of `graph.edges`: what set its two marks.
    public var markOrigins: [EdgeOrigins]
    /// Unshielded triples that no rule used, by `(a, b, c)`: those that the conservative collider rule could not
    /// decide, and those about which equally probable separating sets do not agree.
    public var ambiguousTriples: [AmbiguousTriple]
    /// Unshielded triples of which data and background knowledge say the opposite; the marks follow the knowledge.
    public var knowledgeConflicts: [KnowledgeConflict]

    /// The set that separates two nodes, `nil` when they are adjacent.
    ///
    /// - Complexity: O(log n).
    public func separatingSet(of a: Int, _ b: Int) -> SeparatingSet? {
        let key = (min(a, b), max(a, b))
        var (low, high) = (0, separatingSets.count)
        while low < high {
            let middle = (low + high) / 2
            if (separatingSets[middle].a, separatingSets[middle].b) < key {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < separatingSets.count, (separatingSets[low].a, separatingSets[low].b) == key else {
            return nil
        }
        return separatingSets[low]
    }

    /// The largest p-value of the tests that kept an edge, `nil` without an edge.
    public func edgePValue(_ a: Int, _ b: Int) -> Double? {
        let (smaller, larger) = (min(a, b), max(a, b))
        return zip(graph.edges, edgePValues).first { $0.0.a == smaller && $0.0.b == larger }?.1
    }
}
