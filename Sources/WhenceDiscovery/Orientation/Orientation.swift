/// Orients the edges of a skeleton by the complete rules for graphs with latent confounders and selection bias.
///
/// Each rule is one sweep over the nodes at which it may have new work, and says whether it changed a mark. With the
/// separating sets of an oracle the outcome does not depend on the order of sweeps and nodes; with those of data it
/// may, so the order is part of the definition: see `OrientationOrder`. Every rule turns at least one circle into
/// another mark and none makes a circle, so that every repetition ends.
/// - Note: Zhang 2008, *On the completeness of orientation rules for causal discovery in the presence of latent
///   confounders and selection bias*, AIJ 172, 1873-1896: R0 to R4 in §3, R5 to R10 in §4.
struct Orientation {
    /// The graph, with the marks drawn so far.
    private(set) var graph: MixedGraph
    let separators: SeparatorTable
    /// What may end the orientation before its fixed point: marks drawn until then are sound, but not all are.
    var interruption: Interruption?
    /// The causal order that every edge follows, if one is known.
    var order: CausalOrder?
    /// Marks known beforehand; no rule changes them.
    var knowledge: BackgroundKnowledge?
    /// When a rule sees the marks of its own sweep.
    var schedule = OrientationOrder.sweeps

    /// What set each mark.
    private(set) var origins: MarkOriginTable
    /// Unshielded triples that no rule may use.
    let ambiguity: AmbiguousTriples
    /// Nodes at which R1, R2 and R3 may have new work.
    var work: RuleWork
    /// Marks drawn so far.
    private(set) var changeCount = 0

    private var claims: [Claim] = []
    private var originCode: UInt8 = 0
    private var changeCountAtStart = 0

    /// A mark that waits for the end of its sweep.
    private struct Claim {
        var mark: Mark
        var node: Int
        var other: Int
    }

    init(
        graph: MixedGraph, separators: SeparatorTable, interruption: Interruption? = nil,
        order: CausalOrder? = nil, knowledge: BackgroundKnowledge? = nil,
        schedule: OrientationOrder = .sweeps
    ) {
        self.graph = graph
        self.separators = separators
        self.interruption = interruption
        self.order = order
        self.knowledge = knowledge
        self.schedule = schedule
        origins = MarkOriginTable(nodeCount: graph.nodeCount)
        ambiguity = AmbiguousTriples(graph, separators)
        work = RuleWork(nodeCount: graph.nodeCount)
    }

    /// Whether the orientation is to end now; every rule asks at every step.
    ///
    /// - Parameter work: Set operations since the last call, about.
    func mustEnd(after work: Int = 1) -> Bool { interruption?.comes(after: work) ?? false }

    /// Clears all marks, then draws those of background knowledge and those of a causal order.
    mutating func reset() {
        graph.resetMarks()
        origins = MarkOriginTable(nodeCount: graph.nodeCount)
        work = RuleWork(nodeCount: graph.nodeCount)
        if let knowledge {
            originCode = MarkOriginTable.code(of: .knowledge)
            knowledge.forEachMark(in: graph) { draw($0, at: $1, from: $2) }
        }
        guard let order else { return }
        originCode = MarkOriginTable.code(of: .order)
        for node in 0..<graph.nodeCount {
            for cause in graph.adjacent[node] & order.earlier[node] { draw(.arrow, at: node, from: cause) }
        }
    }

    /// Turns every edge into `---`, but those that knowledge directs: for graphs without latent variables, where an
    /// arrowhead at one end is a tail at the other.
    mutating func resetToPattern() {
        graph.fillWithTails()
        origins = MarkOriginTable(nodeCount: graph.nodeCount)
        guard let knowledge else { return }
        let code = MarkOriginTable.code(of: .knowledge)
        knowledge.forEachMark(in: graph) { mark, node, other in
            guard mark == .arrow else { return }
            graph.setMark(.arrow, at: node, from: other)
            origins.record(code, at: node, from: other)
            origins.record(code, at: other, from: node)
        }
    }

    /// Starts a sweep of a rule.
    mutating func beginSweep(_ rule: OrientationRule) {
        originCode = MarkOriginTable.code(of: .rule(rule))
        changeCountAtStart = changeCount
    }

    /// Claims a mark for the rule of the present sweep.
    @inline(__always)
    mutating func setMark(_ mark: Mark, at node: Int, from other: Int) {
        switch schedule {
        case .sweeps: draw(mark, at: node, from: other)
        case .rounds: claims.append(Claim(mark: mark, node: node, other: other))
        }
    }

    /// Ends a sweep; whether it changed a mark.
    ///
    /// Claims of a sweep that was ended from without are dropped: half a round would depend on the order of nodes.
    mutating func endSweep() -> Bool {
        if interruption?.bound == nil {
            // The arrowhead is the stronger claim: a rule that directs an edge both ways leaves it `<->`.
            for claim in claims
            where claim.mark == .tail && !graph.arrowsAt[claim.node].contains(claim.other) {
                draw(.tail, at: claim.node, from: claim.other)
            }
            for claim in claims where claim.mark == .arrow {
                draw(.arrow, at: claim.node, from: claim.other)
            }
        }
        claims.removeAll(keepingCapacity: true)
        return changeCount > changeCountAtStart
    }

    /// Draws a mark at once, unless it stands there or knowledge put another one.
    mutating func draw(_ mark: Mark, at node: Int, from other: Int) {
        let isDrawn = mark == .arrow ? graph.arrowsAt[node] : graph.tailsAt[node]
        guard !isDrawn.contains(other), !origins.isKnown(at: node, from: other) else { return }
        graph.setMark(mark, at: node, from: other)
        origins.record(originCode, at: node, from: other)
        changeCount += 1
        work.note(mark, at: node, from: other, in: graph)
    }
}
