@testable import WhenceDiscovery

extension SeparationOracle {
    /// The oracle of a random graph of 4 to 7 observed nodes; latent variables come first in the causal order, where
    /// they confound, and selection variables last, where they select.
    static func random(seed: UInt64, withSelection: Bool) throws -> SeparationOracle {
        var generator = SplitMix64(seed: seed)
        let observed = Int.random(in: 4...7, using: &generator)
        let latents = Int.random(in: 0...4, using: &generator)
        let selection = withSelection ? Int.random(in: 1...3, using: &generator) : 0
        let n = observed + latents + selection
        let density = Double.random(in: 0.15...0.5, using: &generator)
        let order = Array(0..<n).shuffled(using: &generator)
        var edges: [(parent: Int, child: Int)] = []
        for i in 0..<n {
            for j in i + 1..<n where Double.random(in: 0..<1, using: &generator) < density {
                edges.append((order[i], order[j]))
            }
        }
        return try SeparationOracle(
            nodeCount: n, edges: edges, latents: Array(order[..<latents]),
            selection: Array(order[(n - selection)...]))
    }
}
