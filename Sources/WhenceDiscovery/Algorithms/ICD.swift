/// Iterative causal discovery: the graph of FCI with far fewer, and smaller, tests.
///
/// Iteration r = 0, 1, 2, … tests every edge `x - y` given the sets of size r that satisfy the *ICD-Sep conditions* in
/// the graph that iteration r − 1 left: every member is reached from x (or from y), without passing the other, by a
/// possible-d-sep path through members, and every member is a possible ancestor of x or of y; at r = 1 every
/// neighbour of either serves. Sets come by the sum of distances from their root, then those of the smaller
/// node, then lexicographic. At the end of an iteration edges are removed, all marks cleared, and R0 to R4 applied.
/// When no edge has a set of size r, the remaining rules end the search.
///
/// Every iteration leaves a sound graph: met at size r, a limit leaves `.anytime(r)` with the marks that the sizes below
/// r give, or `.skeleton` at r = 0.
/// - Note: Rohekar, Nisimov, Gurwicz and Novik 2021, *Iterative causal discovery in the possible presence of latent
///   confounders and selection bias*, NeurIPS, §3 and Algorithm 1. There edges go while the iteration runs, which
///   makes the result depend on the order of the nodes; here they go at its end.
public struct ICD: DiscoveryAlgorithm {
    /// The choices of this run.
    public let options: DiscoveryOptions

    /// Makes the algorithm.
    public init(options: DiscoveryOptions = DiscoveryOptions()) { self.options = options }

    /// Searches for the graph.
    ///
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about another number of
    ///   nodes.
    /// - Complexity: exponential in the largest ICD-Sep set, in tests; limits bound it.
    public func run(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler?
    ) throws -> DiscoveryResult {
        try IterativeSearch(options: options).run(test, progress: progress)
    }
}
