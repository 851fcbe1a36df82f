/// Fast causal inference, independent of the order of the nodes in its skeleton.
///
/// 1. Adjacency search (PC-stable): for sizes k = 0, 1, …, every edge `x - y`, x < y, is tested given the subsets of
///    size k of the neighbours of x, then of those of y, in lexicographic order. Neighbours are those at the start
///    of the size, and edges are removed at its end.
/// 2. R0 orients unshielded colliders, and every node gets its possible-d-sep set, before any further removal.
/// 3. Possible-d-sep search: for sizes 0, 1, …, every remaining edge is tested given the subsets of the sets of x,
///    then of y, as far as they were not tested before.
/// 4. All marks are cleared and R0 to R10 applied.
///
/// Step 1 does not depend on the order of the nodes. Steps 2 and 3 read the recorded separating sets: with data, of the
/// first ones found, which do depend on it, so can edges that step 3 removes; with `SeparatingSetRule.maximumPValue`
/// they do not.
///
/// With an oracle the graph is the partial ancestral graph of the true one: sound and complete (Zhang 2008).
///
/// A limit met in step 1 leaves `.skeleton`, met at size r of step 3 `.anytime(r)`, with the marks that the separating
/// sets below size r give. The limit on the conditioning set
/// alone ends both searches at that size, and leaves `.anytime(limit + 1)` if a larger set was to be tested.
/// - Note: Spirtes, Glymour and Scheines 2000, *Causation, prediction, and search*, §6.7; Colombo and Maathuis
///   2014, *Order-independent constraint-based causal structure learning*, JMLR 15.
public struct FCI: DiscoveryAlgorithm {
    /// The choices of this run.
    public let options: DiscoveryOptions

    /// Makes the algorithm.
    public init(options: DiscoveryOptions = DiscoveryOptions()) { self.options = options }

    /// Searches for the graph.
    ///
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about another number of
    ///   nodes.
    /// - Complexity: exponential in the largest possible-d-sep set, in tests; limits bound it.
    public func run(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler?
    ) throws -> DiscoveryResult {
        let session = try options.session(for: test, progress)
        var state = SkeletonState(nodeCount: test.nodeCount, knowledge: options.knowledge)
        var adjacencies = AdjacencySearch(rule: options.separatingSetRule)
        do throws(BoundReached) {
            let stopped = try adjacencies.run(&state, session)
            let end = searchPossibleDSep(&state, after: adjacencies, session)
            return state.orientedResult(session, options: options, end: end ?? stopped)
        } catch {
            return state.skeletonResult(session, stoppedBy: error.bound)
        }
    }

    private func searchPossibleDSep(
        _ state: inout SkeletonState, after adjacencies: AdjacencySearch, _ session: TestSession
    ) -> SearchEnd? {
        session.enter(.possibleDSep, conditioningSize: 0, edgeCount: state.graph.edgeCount)
        var orientation = state.orientation(options, endedBy: session.searchInterruption())
        orientation.applyRule0()
        do throws(BoundReached) {
            let stage = try PossibleDSepSearch(
                orientation.graph, after: adjacencies, rule: options.separatingSetRule, session)
            return stage.run(&state, session)
        } catch {
            return SearchEnd(stage: .possibleDSep, size: 0, bound: error.bound)
        }
    }
}
