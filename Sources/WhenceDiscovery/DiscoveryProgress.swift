/// A part of a search.
public enum DiscoveryStage: String, Sendable, Hashable, Codable, CaseIterable {
    /// Conditioning sets from the neighbours of the two nodes: PC, FCI and RFCI.
    case adjacencies
    /// Conditioning sets from possible-d-sep sets: FCI.
    case possibleDSep
    /// Conditioning sets by the ICD-Sep conditions: ICD and ordered ICD.
    case iterations
    /// The tests of every unshielded triple that RFCI makes before it orients one.
    case triples
    /// The tests that the conservative collider rule makes of the ends of unshielded triples.
    case colliders
    /// The rules, and the tests that RFCI makes among them.
    case orientation
}

/// Where a run stands.
public struct DiscoveryProgress: Sendable, Hashable {
    /// The stage that is running.
    public var stage: DiscoveryStage
    /// The size of the conditioning sets that are being tested.
    public var conditioningSize: Int
    /// Edges not found separable so far.
    public var edgeCount: Int
    /// Independence tests so far.
    public var testCount: Int
    /// Time since the run began.
    public var elapsed: Duration
}

/// Is told where a run stands, now and then: about ten times a second, on the task of the run, which waits for it.
/// A run shorter than a tenth of a second tells nothing.
public typealias DiscoveryProgressHandler = @Sendable (DiscoveryProgress) -> Void
