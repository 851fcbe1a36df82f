/// Orients the edges of a skeleton by the complete rules for graphs with latent confounders and selection bias.
///
/// Each rule is one sweep over the graph in ascending order of nodes, reading marks as they stand, and says whether
/// it changed a mark. With the separating sets of an oracle the outcome does not depend on the order; with those
/// of data it may, so the order is part of the definition. Every rule turns at least one circle into another mark
/// and none makes a circle, so that every repetition ends.
/// - Note: Zhang 2008, *On the completeness of orientation rules for causal discovery in the presence of latent
///   confounders and selection bias*, AIJ 172, 1873-1896: R0 to R4 in §3, R5 to R10 in §4.
struct Orientation {
    var graph: MixedGraph
    let separators: SeparatorTable
    /// What may end the orientation before its fixed point: marks drawn until then are sound, but not all are.
    var interruption: Interruption?
    /// The causal order that every edge follows, if one is known.
    var order: CausalOrder?

    /// Clears all marks but the arrowheads of a causal order, then R0, then R1 to R4 until none applies.
    mutating func orientArrowheads() {
        graph.resetMarks()
        order?.drawArrowheads(in: &graph)
        applyRule0()
        repeatWhileChanging([
            { $0.applyRule1() }, { $0.applyRule2() }, { $0.applyRule3() }, { $0.applyRule4() },
        ])
    }

    /// R1 to R3 until none applies.
    mutating func applyRules1To3() {
        repeatWhileChanging([{ $0.applyRule1() }, { $0.applyRule2() }, { $0.applyRule3() }])
    }

    /// R5 to R7 where selection bias is allowed, then R8 to R10; neither group gives the earlier ones new work.
    mutating func orientTails(selectionBias: Bool) {
        if selectionBias {
            repeatWhileChanging([{ $0.applyRule5() }, { $0.applyRule6() }, { $0.applyRule7() }])
        }
        // R8 to R10 turn circles at `a` on `a o-> c` into tails, which changes no potentially directed step: the
        // step a → c stays allowed, c → a stays forbidden. So uncovered paths are searched once.
        var paths = UncoveredPaths(graph, interruption: interruption)
        repeatWhileChanging([
            { $0.applyRule8() }, { $0.applyRule9(&paths) }, { $0.applyRule10(&paths) },
        ])
    }

    /// Whether the orientation is to end now; every rule asks at every step.
    ///
    /// - Parameter work: Set operations since the last call, about.
    func mustEnd(after work: Int = 1) -> Bool { interruption?.comes(after: work) ?? false }

    private mutating func repeatWhileChanging(_ rules: [(inout Orientation) -> Bool]) {
        var isChanging = true
        while isChanging, !mustEnd() {
            isChanging = false
            for rule in rules where rule(&self) { isChanging = true }
        }
    }
}

extension MixedGraph {
    /// Those of `candidates` that make an unshielded triple `u - v - w` with v between: not adjacent to u, not u.
    @inline(__always)
    func unshielded(beyond u: Int, among candidates: NodeSet) -> NodeSet {
        var result = candidates
        result.subtract(adjacent[u])
        result.remove(u)
        return result
    }

    /// Whether two of the nodes are not adjacent.
    func hasNonadjacentPair(_ nodes: NodeSet) -> Bool {
        nodes.contains { !unshielded(beyond: $0, among: nodes).isEmpty }
    }
}
