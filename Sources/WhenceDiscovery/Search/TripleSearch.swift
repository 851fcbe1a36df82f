/// The tests by which RFCI makes sure of unshielded triples before it orients them.
///
/// Whether z, between a and c, is an ancestor of either can be read from their separating set S only if a and z depend
/// given S without z, and so do z and c. Where they do not, the edge goes: and new triples appear, which are tested in
/// the next round. The edges of a round go together, at its end.
/// - Note: Colombo, Maathuis, Kalisch and Richardson 2012, *Learning high-dimensional directed acyclic graphs with
///   latent and selection variables*, Annals of Statistics 40, Lemma 3.1 and Algorithm 4.4 of the supplement.
struct TripleSearch {
    let examination: EdgeExamination

    /// Tests the triples of all pairs without an edge.
    func run(_ state: inout SkeletonState, _ session: TestSession) throws(BoundReached) {
        let all = NodeSet(allOf: state.graph.nodeCount)
        var pairs: [(Int, Int)] = []
        for a in 0..<state.graph.nodeCount {
            for c in all - state.graph.adjacent[a] where c > a { pairs.append((a, c)) }
        }
        try run(between: pairs, &state, session)
    }

    /// Tests the triples of some pairs without an edge, and those that appear thereby.
    func run(
        between pairs: [(Int, Int)], _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) {
        var pairs = pairs
        while !pairs.isEmpty {
            session.enter(
                .triples, conditioningSize: session.counts.count - 1, edgeCount: state.graph.edgeCount)
            defer { pairs = state.removeSeparated() }
            try session.checkInterruption()
            for (a, c) in pairs { try test(a, c, &state, session) }
        }
    }

    private func test(
        _ a: Int, _ c: Int, _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) {
        guard let set = state.separators.set(of: a, c) else { return }
        let separator = NodeSet(capacity: state.graph.nodeCount, members: set)
        for z in state.graph.adjacent[a] & state.graph.adjacent[c] {
            for end in [a, c] {
                try session.passOver()
                try examination.examine(end, z, given: separator - z, &state, session)
            }
        }
    }
}
