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
    /// - Parameter progress: Told where the run stands; costs nothing when `nil`.
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about another number of
    ///   nodes.
    func run(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler?
    ) throws -> DiscoveryResult
}

extension DiscoveryAlgorithm {
    /// Searches for the graph over the nodes of a test, without telling how far it is.
    ///
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about another number of
    ///   nodes.
    public func run(_ test: some IndependenceTest) throws -> DiscoveryResult {
        try run(test, progress: nil)
    }

    /// Searches as `run` does, on a task of its own, so that the caller's stays free; cancelling the caller's task
    /// ends the search with the graph so far.
    ///
    /// - Parameter progress: Told where the run stands, from the search's task.
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about another number of
    ///   nodes.
    public func discover(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler? = nil
    ) async throws -> DiscoveryResult {
        let search = Task.detached { try run(test, progress: progress) }
        return try await withTaskCancellationHandler {
            try await search.value
        } onCancel: {
            search.cancel()
        }
    }
}
