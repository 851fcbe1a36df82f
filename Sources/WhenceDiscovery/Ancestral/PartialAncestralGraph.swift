extension MixedGraph {
    /// The partial ancestral graph of a maximal ancestral graph's Markov equivalence class: its adjacencies, with the
    /// marks that all graphs of the class share, and circles elsewhere.
    ///
    /// The rules R0 to R10, with the separating sets that the graph itself gives, decide the marks; that they are
    /// sound and complete is Zhang's theorem, selection bias included.
    /// - Throws: `DiscoveryError.illegalGraph` when this is no maximal ancestral graph, with all reasons.
    /// - Complexity: polynomial; O(nodes² · edges) for the separating sets.
    /// - Note: Zhang 2008, AIJ 172, Theorems 1 to 4; Richardson and Spirtes 2002, Theorem 4.2.
    public func partialAncestralGraph() throws -> MixedGraph {
        let violations = violations(as: .maximalAncestralGraph)
        guard violations.isEmpty else {
            throw DiscoveryError.illegalGraph(.maximalAncestralGraph, violations)
        }
        return orientedClass()
    }

    /// The partial ancestral graph of what is known to be a maximal ancestral graph.
    func orientedClass() -> MixedGraph {
        var separators = SeparatorTable(nodeCount: nodeCount)
        for a in 0..<nodeCount {
            for b in a + 1..<max(nodeCount, a + 1) where !isAdjacent(a, b) {
                separators.record(
                    SeparatingSet(a: a, b: b, set: Array(anteriorSeparator(of: a, b)), pValue: 1))
            }
        }
        var orientation = Orientation(graph: self, separators: separators)
        orientation.orientArrowheads()
        orientation.orientTails(selectionBias: true)
        return orientation.graph
    }
}
