extension GraphComparison {
    /// Compares two graphs node by node name, in whatever order each lists its nodes.
    ///
    /// Nodes are numbered as in the reference: the numbers of `differences` are places in `referenceNames`.
    /// - Parameters:
    ///   - graph: A graph.
    ///   - names: The name of each of its nodes.
    ///   - reference: Another.
    ///   - referenceNames: The name of each of the other's nodes.
    /// - Throws: `DiscoveryError.nodesDiffer` when names repeat or the two graphs name different nodes.
    public init(
        _ graph: MixedGraph, names: [String], to reference: MixedGraph, names referenceNames: [String]
    ) throws(DiscoveryError) {
        let (known, wanted) = (Set(names), Set(referenceNames))
        let (onlyInFirst, onlyInSecond) = (
            names.filter { !wanted.contains($0) }, referenceNames.filter { !known.contains($0) }
        )
        let repeated = Self.repeated(in: names) + Self.repeated(in: referenceNames)
        guard names.count == graph.nodeCount, referenceNames.count == reference.nodeCount,
            onlyInFirst.isEmpty, onlyInSecond.isEmpty, repeated.isEmpty
        else {
            throw .nodesDiffer(onlyInFirst: onlyInFirst, onlyInSecond: onlyInSecond, repeated: repeated)
        }
        let places = Dictionary(uniqueKeysWithValues: referenceNames.enumerated().map { ($1, $0) })
        var renumbered = MixedGraph(nodeCount: reference.nodeCount)
        for edge in graph.edges {
            guard let a = places[names[edge.a]], let b = places[names[edge.b]] else { continue }
            renumbered.connect(Edge(a, edge.markAtA, edge.markAtB, b))
        }
        try self.init(renumbered, to: reference)
    }

    /// The names that come more than once, each once.
    private static func repeated(in names: [String]) -> [String] {
        var counts: [String: Int] = [:]
        return names.filter { name in
            counts[name, default: 0] += 1
            return counts[name] == 2
        }
    }
}
