extension MixedGraph {
    /// Whether two maximal ancestral graphs over the same nodes hold the same independences.
    ///
    /// They do when they have the same adjacencies and each separates the other's pairs without an edge by that
    /// other's anterior nodes. That is the pairwise Markov property, which for maximal ancestral graphs implies the
    /// global one.
    /// - Parameter other: A maximal ancestral graph with as many nodes; a graph with another number is not
    ///   equivalent.
    /// - Complexity: O(nodes² · edges).
    /// - Note: Sadeghi and Lauritzen 2014, *Markov properties for mixed graphs*, Bernoulli 20, Theorem 4.
    public func isMarkovEquivalent(to other: MixedGraph) -> Bool {
        guard nodeCount == other.nodeCount, adjacent == other.adjacent else { return false }
        for a in 0..<nodeCount {
            for b in 0..<a where !isAdjacent(a, b) {
                guard isSeparatedByAnteriors(a, b, in: other), other.isSeparatedByAnteriors(a, b, in: self)
                else {
                    return false
                }
            }
        }
        return true
    }
}
