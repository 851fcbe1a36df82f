/// Iterative causal discovery: the graph of FCI with far fewer, and smaller, tests.
///
/// Iteration r = 0, 1, 2, … tests every edge `x - y` given the sets of size r that satisfy the *ICD-Sep conditions* in
/// the graph that iteration r − 1 left: every member is reached from x (or from y), without passing the other, by a
/// possible-d-sep path through members, and every member is a possible ancestor of x or of y; at r = 1 every
/// neighbour of either serves. Sets come by the sum of distances from their root, then those of the smaller
/// node, then lexicographic. At the end of an iteration edges are removed, all marks cleared, and R0 to R4 applied.
/// When no edge has a set of size r, the remaining rules end the search.
///
/// Every iteration leaves a sound graph: met at size r, a limit leaves `.anytime(r)`, or `.skeleton` at r = 0.
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
    /// - Throws: `DiscoveryError.limit` for a negative limit.
    /// - Complexity: exponential in the largest ICD-Sep set, in tests; limits bound it.
    public func run(_ test: some IndependenceTest) throws -> DiscoveryResult {
        let session = try TestSession(test, limits: options.limits)
        var state = SkeletonState(nodeCount: test.nodeCount)
        let end = search(&state, session)
        if let end, end.size == 0 {
            state.graph.resetMarks()
            return state.result(session, status: .skeleton, stoppedBy: end.bound)
        }
        var orientation = Orientation(graph: state.graph, separators: state.separators)
        orientation.orientTails(selectionBias: options.selectionBias)
        state.graph = orientation.graph
        return state.result(
            session, status: end.map { .anytime(r: $0.size) } ?? .complete, stoppedBy: end?.bound)
    }

    /// Runs the iterations; returns where a bound ended them.
    private func search(_ state: inout SkeletonState, _ session: TestSession) -> SearchEnd? {
        var size = 0
        while true {
            let candidates = ICDSeparators(state.graph, size: size)
            guard session.allows(conditioningSize: size) else {
                let isOpen = state.graph.edges.contains { candidates.exist($0.a, $0.b) }
                return isOpen ? SearchEnd(size: size, bound: session.sizeBound) : nil
            }
            defer {
                if state.removeSeparated() {
                    var orientation = Orientation(graph: state.graph, separators: state.separators)
                    orientation.orientArrowheads()
                    state.graph = orientation.graph
                }
            }
            do throws(BoundReached) {
                try session.checkInterruption()
                var isOpen = false
                for edge in state.graph.edges {
                    let hadSets = try test(edge.a, edge.b, candidates, &state, session)
                    isOpen = isOpen || hadSets
                }
                guard isOpen else { return nil }
            } catch {
                return SearchEnd(size: size, bound: error.bound)
            }
            size += 1
        }
    }

    /// Tests an edge given each of its sets; false when it has none.
    private func test(
        _ x: Int, _ y: Int, _ candidates: ICDSeparators, _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        var hadSets = false
        try state.search(x, y, rule: options.separatingSetRule, session) { (search) throws(BoundReached) in
            hadSets = try candidates.offer(x, y, to: &search, session)
        }
        return hadSets
    }
}
