/// The iterations of ICD, with or without a causal order.
///
/// Iteration r takes its conditioning sets from the graph that iteration r − 1 left. At its end edges are removed,
/// all marks cleared, and the arrowheads of the order, then R0 to R4, drawn again.
struct IterativeSearch {
    let options: DiscoveryOptions
    /// The causal order that every edge follows, if one is known.
    var order: CausalOrder?

    /// Runs all iterations, and the rules that remain.
    func run(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler?
    ) throws -> DiscoveryResult {
        let session = try options.session(for: test, progress)
        var state = SkeletonState(nodeCount: test.nodeCount, knowledge: options.knowledge)
        let end = search(&state, session)
        if let end, end.size == 0 { return state.skeletonResult(session, stoppedBy: end.bound) }
        return state.orientedResult(session, options: options, order: order, end: end)
    }

    /// Runs the iterations; returns where a bound ended them.
    private func search(_ state: inout SkeletonState, _ session: TestSession) -> SearchEnd? {
        var orientation = state.orientation(options, order: order, endedBy: session.searchInterruption())
        orientation.reset()
        state.graph = orientation.graph
        var size = 0
        while true {
            session.enter(.iterations, conditioningSize: size, edgeCount: state.graph.edgeCount)
            do throws(BoundReached) {
                let isOpen = try iterate(size, &state, session)
                guard isOpen else { return nil }
            } catch {
                state.removeSeparated()
                return SearchEnd(stage: .iterations, size: size, bound: error.bound)
            }
            size += 1
        }
    }

    /// Tests every edge given its sets of one size, and orients what is left; false when no edge had any.
    private func iterate(
        _ size: Int, _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        try session.checkInterruption()
        let candidates = try ICDSeparators(state.graph, size: size, order: order, session)
        let edges = state.graph.edges
        guard session.allows(conditioningSize: size) else {
            for edge in edges.filter({ state.isOpen($0.a, $0.b) })
            where try candidates.exist(edge.a, edge.b, session) {
                throw BoundReached(bound: session.sizeBound)
            }
            return false
        }
        var isOpen = false
        for edge in edges {
            let rule = options.separatingSetRule
            try state.search(edge.a, edge.b, rule: rule, session) { (search) throws(BoundReached) in
                let hadSets = try candidates.offer(edge.a, edge.b, to: &search, session)
                isOpen = isOpen || hadSets
            }
        }
        if !state.removeSeparated().isEmpty {
            var orientation = state.orientation(options, order: order, endedBy: session.searchInterruption())
            orientation.orientArrowheads()
            state.graph = orientation.graph
        }
        return isOpen
    }
}
