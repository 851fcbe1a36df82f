/// R4 as RFCI applies it: along a discriminating path the collider is read from the separating set of the ends only
/// after every two neighbours on the path were found dependent given every subset of that set; where they are not, the
/// edge goes.
///
/// All shortest paths of a triple are tested, and all their ends must agree. All triples are judged on the same graph,
/// and a mark that they dispute stays a circle. So the order of the nodes changes nothing.
/// - Note: Colombo et al. 2012, Lemma 3.2 and Algorithm 4.5 of the supplement.
struct DiscriminatingPathSearch {
    let examination: EdgeExamination
    /// Edges, each with the ends of a path, that were tested already.
    private var tested: Set<[Int]> = []

    init(examination: EdgeExamination) { self.examination = examination }

    /// What the paths to `b o-* c` say about b.
    private struct Verdict {
        var b: Int
        var c: Int
        var isCollider: Bool
        /// The nodes before b.
        var before: [Int]
    }

    /// Tests every discriminating path, and orients what they say unless an edge was found separable; false when
    /// nothing was oriented.
    mutating func apply(
        to orientation: inout Orientation, _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) -> Bool {
        try session.checkInterruption()
        var verdicts: [Verdict] = []
        let graph = orientation.graph
        for b in 0..<graph.nodeCount {
            for c in graph.circlesAt(b) {
                var (votes, before) = (Set<Bool>(), [Int]())
                for a in graph.parents(of: c) & graph.arrowsFrom[b] {
                    try session.checkInterruption()
                    let paths = DiscriminatingPaths(graph, a, b, c)
                    for end in paths.ends {
                        guard let isSeparator = state.separators.separator(of: end, c, contains: b) else {
                            continue
                        }
                        try test(paths.edges(to: end), ends: (end, c), &state, session)
                        votes.insert(!isSeparator)
                    }
                    if !paths.ends.isEmpty { before.append(a) }
                }
                if votes.count == 1, let isCollider = votes.first {
                    verdicts.append(Verdict(b: b, c: c, isCollider: isCollider, before: before))
                }
            }
        }
        guard !state.hasSeparated else { return false }
        orientation.beginSweep(.rule4)
        for verdict in verdicts { orient(verdict, &orientation) }
        return orientation.endSweep()
    }

    private mutating func test(
        _ edges: [(Int, Int)], ends: (Int, Int), _ state: inout SkeletonState, _ session: TestSession
    ) throws(BoundReached) {
        guard let set = state.separators.set(of: ends.0, ends.1) else { return }
        let separator = NodeSet(capacity: state.graph.nodeCount, members: set)
        for (f, g) in edges {
            try session.passOver()
            guard tested.insert([min(f, g), max(f, g), min(ends.0, ends.1), max(ends.0, ends.1)]).inserted
            else { continue }
            try examination.examine(f, g, givenSubsetsOf: separator - f - g, &state, session)
        }
    }

    private func orient(_ verdict: Verdict, _ orientation: inout Orientation) {
        let (b, c) = (verdict.b, verdict.c)
        orientation.setMark(verdict.isCollider ? .arrow : .tail, at: b, from: c)
        orientation.setMark(.arrow, at: c, from: b)
        guard verdict.isCollider else { return }
        for a in verdict.before { orientation.setMark(.arrow, at: b, from: a) }
    }
}
