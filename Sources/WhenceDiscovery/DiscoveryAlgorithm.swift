/// A constraint-based search for the causal graph behind answers to questions of independence.
///
/// Algorithms are values: immutable, free of shared state, and so the same input gives the same result however
/// many tasks run them at once.
public protocol DiscoveryAlgorithm: Sendable {
    /// The choices of this run.
    var options: DiscoveryOptions { get }

    /// Searches for the graph over the nodes of a test.
    ///
    /// Cancelling the surrounding task ends the search as a limit does: the graph so far is returned, with its
    /// status and `DiscoveryBound.cancellation`.
    /// - Throws: `DiscoveryError.limit` for a negative limit.
    func run(_ test: some IndependenceTest) throws -> DiscoveryResult
}
