/// The PC algorithm, independent of the order of the nodes in its skeleton: for data without latent confounders and
/// without selection bias.
///
/// 1. Adjacency search (PC-stable), as in `FCI`.
/// 2. Every edge becomes `---`, R0 orients unshielded colliders, and Meek's rules orient what follows.
///
/// The graph is a completed partially directed acyclic graph, the class of all directed acyclic graphs with the
/// same independences: `-->` where all of them agree, `---` where they do not. That `---` says nothing about
/// selection, which PC takes for absent; `DiscoveryOptions.selectionBias` changes nothing.
///
/// With an oracle of a directed acyclic graph whose nodes are all observed the class is exact. With data, tests can
/// contradict each other: an edge that two colliders, or two rules, direct against each other becomes `<->`, and is
/// followed by no rule (as with pcalg's `solve.confl = TRUE`, or causal-learn's `uc_priority = 1`). An edge is judged
/// only after every rule has been judged on the same graph, so that such conflicts do not depend on the order of the
/// nodes either.
///
/// Knowledge that A does not cause B directs an edge between them, `A <-- B`, for nothing else can join them here.
///
/// A limit met in step 1 leaves `.skeleton`; the limit on the conditioning set leaves `.anytime(limit + 1)` if a larger
/// set was to be tested. Arrowheads and tails are then those that follow from the adjacencies that stand.
/// - Note: Spirtes, Glymour and Scheines 2000, *Causation, prediction, and search*, §5.4.2; Colombo and Maathuis
///   2014, *Order-independent constraint-based causal structure learning*, JMLR 15, §4.1 and §4.2; Meek 1995, *Causal
///   inference and causal explanation with background knowledge*, UAI.
public struct PC: DiscoveryAlgorithm {
    /// The choices of this run.
    public let options: DiscoveryOptions

    /// Makes the algorithm.
    public init(options: DiscoveryOptions = DiscoveryOptions()) { self.options = options }

    /// Searches for the graph.
    ///
    /// - Throws: `DiscoveryError.limit` for a negative limit, `.knowledgeSize` for knowledge about another number of
    ///   nodes.
    /// - Complexity: exponential in the largest number of neighbours, in tests; limits bound it.
    public func run(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler?
    ) throws -> DiscoveryResult {
        let session = try options.session(for: test, progress)
        var state = SkeletonState(nodeCount: test.nodeCount, knowledge: options.knowledge)
        var adjacencies = AdjacencySearch(rule: options.separatingSetRule)
        do throws(BoundReached) {
            let end = try adjacencies.run(&state, session)
            return oriented(state, session, end: end)
        } catch {
            return state.skeletonResult(session, stoppedBy: error.bound)
        }
    }

    private func oriented(
        _ state: SkeletonState, _ session: TestSession, end: SearchEnd?
    ) -> DiscoveryResult {
        var oriented = state
        let censusEnd = oriented.takeCensus(session, options)
        let interruption = session.orientationInterruption()
        var colliders = oriented.orientation(options, endedBy: interruption)
        colliders.resetToPattern()
        colliders.applyRule0()
        var pattern = MeekOrientation(colliders)
        pattern.orient()
        oriented.graph = pattern.graph
        return oriented.result(
            session, pattern.orientation, end: end ?? censusEnd, orientationEnd: interruption.bound)
    }
}
