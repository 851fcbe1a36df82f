extension SeparationOracle {
    /// The maximal ancestral graph of the observed nodes, which holds exactly the oracle's independences.
    ///
    /// Two nodes are adjacent when their observed ancestors, with those of the selection variables, do not separate
    /// them; the mark at a is a tail when a is an ancestor of the other end or of a selection variable, an
    /// arrowhead otherwise. Nodes are the oracle's, `0 ..< nodeCount`.
    /// - Complexity: O(n² · edges).
    /// - Note: Richardson and Spirtes 2002, §4.2: the graph 𝒢[ L ∪ S and its Theorem 4.18.
    public func maximalAncestralGraph() -> MixedGraph {
        var graph = MixedGraph(nodeCount: nodeCount)
        let ancestors = (0..<nodeCount).map { Set(observedAncestors(of: [$0])) }
        for a in 0..<nodeCount {
            for b in 0..<a {
                let set = ancestors[a].union(ancestors[b]).subtracting([a, b]).sorted()
                guard !evaluate(b, a, given: set).isIndependent else { continue }
                graph.connect(
                    Edge(
                        a, ancestors[b].contains(a) ? .tail : .arrow,
                        ancestors[a].contains(b) ? .tail : .arrow,
                        b))
            }
        }
        return graph
    }
}
