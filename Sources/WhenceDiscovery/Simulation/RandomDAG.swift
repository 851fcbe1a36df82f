/// What random directed acyclic graphs should be like.
public struct RandomDAG: Sendable, Hashable {
    /// Where the latent and selection variables stand in the causal order.
    public enum HiddenPlacement: String, Sendable, Hashable, Codable, CaseIterable {
        /// Anywhere, like the observed ones.
        case anywhere
        /// Latent variables first, selection variables last.
        case ends
        /// Outside of it: every latent variable causes two observed nodes, every selection variable is caused by two.
        /// Makes many edges `<->` and `---`.
        case pairs
    }

    /// Number of observed nodes; they come first in the numbering.
    public var observedCount: Int
    /// Number of latent nodes, which follow.
    public var latentCount: Int
    /// Number of selection nodes, which come last.
    public var selectionCount: Int
    /// Expected number of links of every node in the causal order, to parents and to children: every pair of them is
    /// linked with the same probability (Erdős–Rényi), at most 1.
    public var expectedDegree: Double
    /// Where the hidden nodes stand.
    public var placement: HiddenPlacement

    /// Says what graphs should be like.
    public init(
        observedCount: Int, latentCount: Int = 0, selectionCount: Int = 0, expectedDegree: Double = 2,
        placement: HiddenPlacement = .anywhere
    ) {
        self.observedCount = observedCount
        self.latentCount = latentCount
        self.selectionCount = selectionCount
        self.expectedDegree = expectedDegree
        self.placement = placement
    }

    /// Draws a graph: first a random causal order, then a link for each pair, or none.
    ///
    /// - Throws: `DiscoveryError.parameter` for a negative number of nodes, or a degree that is negative or not finite.
    /// - Complexity: O(nodes²).
    public func graph(using generator: inout some RandomNumberGenerator) throws -> CausalDAG {
        for (name, count) in [
            ("observed nodes", observedCount), ("latent nodes", latentCount),
            ("selection nodes", selectionCount),
        ] where !(0...1_000_000).contains(count) {
            throw DiscoveryError.parameter(name: name, value: "\(count)", expected: "0 to 1,000,000")
        }
        guard expectedDegree >= 0, expectedDegree.isFinite else {
            throw DiscoveryError.parameter(
                name: "expected degree", value: "\(expectedDegree)", expected: "0 or more")
        }
        let latents = Array(observedCount..<observedCount + latentCount)
        let selection = Array(observedCount + latentCount..<observedCount + latentCount + selectionCount)
        var links = links(along: order(latents, selection, &generator), &generator)
        if placement == .pairs {
            for hidden in latents { links += pair(&generator).map { .init(hidden, $0) } }
            for hidden in selection { links += pair(&generator).map { .init($0, hidden) } }
        }
        return try CausalDAG(
            nodeCount: observedCount + latentCount + selectionCount, links: links, latents: latents,
            selection: selection)
    }

    private func order(
        _ latents: [Int], _ selection: [Int], _ generator: inout some RandomNumberGenerator
    ) -> [Int] {
        switch placement {
        case .anywhere:
            (0..<observedCount + latentCount + selectionCount).shuffled(using: &generator)
        case .ends:
            latents + (0..<observedCount).shuffled(using: &generator) + selection
        case .pairs:
            (0..<observedCount).shuffled(using: &generator)
        }
    }

    private func links(
        along order: [Int], _ generator: inout some RandomNumberGenerator
    ) -> [CausalDAG.Link] {
        let probability = order.count < 2 ? 0 : expectedDegree / Double(order.count - 1)
        var links: [CausalDAG.Link] = []
        for (place, parent) in order.enumerated() {
            for child in order[(place + 1)...]
            where Double.random(in: 0..<1, using: &generator) < probability {
                links.append(CausalDAG.Link(parent, child))
            }
        }
        return links
    }

    /// Two different observed nodes, or as many as there are.
    private func pair(_ generator: inout some RandomNumberGenerator) -> [Int] {
        guard observedCount > 1 else { return Array(0..<observedCount) }
        let first = Int.random(in: 0..<observedCount, using: &generator)
        let second = Int.random(in: 0..<observedCount - 1, using: &generator)
        return [first, second < first ? second : second + 1]
    }
}
