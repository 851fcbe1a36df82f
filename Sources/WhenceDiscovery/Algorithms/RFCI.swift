/// Really fast causal inference: FCI without its possible-d-sep stage.
///
/// 1. Adjacency search (PC-stable), as in `FCI`.
/// 2. Every unshielded triple is tested before R0 may orient it (`TripleSearch`), which can remove further edges.
/// 3. R0 to R3, and R4 with tests along every discriminating path before it is used; an edge found separable there
///    goes, and steps 2 and 3 are done again for what changed. Then R5 to R10.
///
/// With an oracle the graph is an RFCI-PAG: it has every adjacency of the true graph and perhaps others, between nodes
/// that no subset of the neighbours of either separates; and every mark is right, as a statement on which node is an
/// ancestor of which. Where no edge is left over, it is FCI's graph.
///
/// Separating sets decide here which edges stand, so the most probable of a size is always the one recorded, whatever
/// `DiscoveryOptions.separatingSetRule` says; edges of one round go together; and rules judge on one graph. So the
/// order of the nodes changes no adjacency of steps 1 and 2.
///
/// A limit met in step 1 or 2, or in the tests of the conservative collider rule, leaves `.skeleton`; met in step 3, `.anytime(r)` with r above the sizes of step 1, marks
/// that are sound, and `DiscoveryResult.isOriented` false. The limit on the conditioning set leaves
/// `.anytime(limit + 1)` if a larger set was to be tested in step 1.
/// - Note: Colombo, Maathuis, Kalisch and Richardson 2012, *Learning high-dimensional directed acyclic graphs with
///   latent and selection variables*, Annals of Statistics 40, 294-321, §3 and Algorithm 3.2.
public struct RFCI: DiscoveryAlgorithm {
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
        var adjacencies = AdjacencySearch(rule: .maximumPValue)
        do throws(BoundReached) {
            let end = try adjacencies.run(&state, session)
            let triples = TripleSearch(examination: EdgeExamination(after: adjacencies))
            try triples.run(&state, session)
            return try orient(&state, triples, session, end: end, sizes: adjacencies.frozen.count)
        } catch {
            return state.skeletonResult(session, stoppedBy: error.bound)
        }
    }

    /// Step 3. Throws when a bound is met while triples are tested.
    private func orient(
        _ state: inout SkeletonState, _ triples: TripleSearch, _ session: TestSession, end: SearchEnd?,
        sizes: Int
    ) throws(BoundReached) -> DiscoveryResult {
        var paths = DiscriminatingPathSearch(examination: triples.examination)
        var options = options
        options.separatingSetRule = .maximumPValue
        while true {
            if let end = state.takeCensus(session, options) { throw BoundReached(bound: end.bound) }
            session.enter(.orientation, conditioningSize: sizes, edgeCount: state.graph.edgeCount)
            var orientation = state.orientation(options, endedBy: session.searchInterruption())
            orientation.reset()
            orientation.applyRule0()
            do throws(BoundReached) {
                repeat {
                    orientation.applyRules1To3()
                } while try paths.apply(to: &orientation, &state, session)
            } catch {
                let removed = state.removeSeparated()
                state.graph = orientation.graph
                for (a, b) in removed { state.graph.disconnect(a, b) }
                let cut = SearchEnd(stage: .orientation, size: end?.size ?? sizes, bound: error.bound)
                return state.result(session, orientation, end: cut, orientationEnd: error.bound)
            }
            let removed = state.removeSeparated()
            guard removed.isEmpty else {
                try triples.run(between: removed, &state, session)
                continue
            }
            orientation.interruption = session.orientationInterruption()
            orientation.orientTails(selectionBias: options.selectionBias)
            state.graph = orientation.graph
            return state.result(
                session, orientation, end: end, orientationEnd: orientation.interruption?.bound)
        }
    }
}
