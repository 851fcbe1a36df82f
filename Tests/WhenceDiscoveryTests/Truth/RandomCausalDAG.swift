import WhenceDiscovery

extension CausalDAG {
    /// A random graph of one of the styles in which the rules and the possible-d-sep stage have work: up to six latent
    /// and two selection variables, at the ends of the causal order, anywhere in it, or each between two
    /// observed ones, so that `<->` and `---` abound.
    init(seed: UInt64, observed sizes: ClosedRange<Int>) throws {
        var generator = SplitMix64(seed: seed)
        let placement = RandomDAG.HiddenPlacement.allCases[Int(seed / 2 % 3)]
        let observed = Int.random(in: sizes, using: &generator)
        let latents = Int.random(in: (placement == .pairs ? 2 : 0)...6, using: &generator)
        let selection = seed % 2 == 0 ? 0 : Int.random(in: 1...2, using: &generator)
        let density = Double.random(in: 0.1...0.45, using: &generator)
        let ordered = placement == .pairs ? observed : observed + latents + selection
        self = try RandomDAG(
            observedCount: observed, latentCount: latents, selectionCount: selection,
            expectedDegree: density * Double(ordered - 1), placement: placement
        ).graph(using: &generator)
    }
}

extension CausalDAG {
    /// A graph from a text such as `0>3 1>3`; nodes are numbered up to the largest one named.
    init(_ links: String, latents: [Int] = [], selection: [Int] = []) throws {
        let links = links.split(separator: " ").map { text in
            let ends = text.split(separator: ">").compactMap { Int($0) }
            return Link(ends[0], ends[1])
        }
        let largest = (links.flatMap { [$0.parent, $0.child] } + latents + selection).max() ?? -1
        try self.init(nodeCount: largest + 1, links: links, latents: latents, selection: selection)
    }
}
