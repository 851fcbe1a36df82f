extension Orientation {
    /// Clears all marks but those known beforehand, then applies R0, then R1 to R4 until none applies.
    mutating func orientArrowheads() {
        reset()
        applyRule0()
        propagateArrowheads()
    }

    /// R5 to R7 where selection bias is allowed, then R8 to R10.
    ///
    /// Neither group gives the earlier ones new work, unless knowledge put tails where the rules alone would not
    /// have: then all groups are repeated until none applies (Andrews, Spirtes and Cooper 2020, *On the completeness
    /// of causal discovery in the presence of latent confounding with tiered background knowledge*, AISTATS, where
    /// that is shown to be complete for tiers).
    mutating func orientTails(selectionBias: Bool) {
        var changes = 0
        repeat {
            changes = changeCount
            if selectionBias {
                repeatWhileChanging([{ $0.applyRule5() }, { $0.applyRule6() }, { $0.applyRule7() }])
            }
            // R8 to R10 turn circles at `a` on `a o-> c` into tails, which changes no potentially directed step: the
            // step a → c stays allowed, c → a stays forbidden. So uncovered paths are searched once.
            var paths = UncoveredPaths(graph, ambiguity: ambiguity, interruption: interruption)
            repeatWhileChanging([
                { $0.applyRule8() }, { $0.applyRule9(&paths) }, { $0.applyRule10(&paths) },
            ])
            guard knowledge != nil, changeCount > changes else { return }
            propagateArrowheads()
        } while changeCount > changes && !mustEnd()
    }

    /// R1 to R3 until none applies.
    mutating func applyRules1To3() {
        repeatWhileChanging([{ $0.applyRule1() }, { $0.applyRule2() }, { $0.applyRule3() }])
    }

    private mutating func propagateArrowheads() {
        repeatWhileChanging([
            { $0.applyRule1() }, { $0.applyRule2() }, { $0.applyRule3() }, { $0.applyRule4() },
        ])
    }

    private mutating func repeatWhileChanging(_ rules: [(inout Orientation) -> Bool]) {
        var isChanging = true
        while isChanging, !mustEnd() {
            isChanging = false
            for rule in rules where rule(&self) { isChanging = true }
        }
    }
}

extension Orientation {
    /// Those of `candidates` that make an unshielded, unambiguous triple `u - v - w`: not adjacent to u, not u.
    @inline(__always)
    func unshielded(beyond u: Int, through v: Int, among candidates: NodeSet) -> NodeSet {
        var result = graph.unshielded(beyond: u, among: candidates)
        ambiguity.remove(from: &result, beyond: u, through: v)
        return result
    }

    /// Whether a triple is unshielded and unambiguous.
    func areUnshielded(_ u: Int, _ v: Int, _ w: Int) -> Bool {
        u != w && !graph.isAdjacent(u, w) && !ambiguity.contains(u, v, w)
    }

    /// Whether two of the nodes make an unshielded, unambiguous triple with v between.
    func hasUnshieldedPair(_ nodes: NodeSet, through v: Int) -> Bool {
        nodes.contains { !unshielded(beyond: $0, through: v, among: nodes).isEmpty }
    }
}
