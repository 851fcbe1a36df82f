/// A linear structural equation model with Gaussian noise: every variable is the weighted sum of its parents, plus
/// noise of its own with mean 0.
///
/// Latent variables are left out of what it gives, and selection is the condition that every selection variable is 0.
/// That makes the covariance of the observed ones exact in closed form, and any other value of them would
/// give the same one.
public struct LinearGaussianModel: Sendable, Hashable {
    /// The causes.
    public let graph: CausalDAG
    /// The weight of every link, in the order of `graph.links`.
    public let weights: [Double]
    /// The variance of every node's noise.
    public let noiseVariances: [Double]

    /// Makes a model.
    ///
    /// - Throws: `DiscoveryError.parameter` when there is not one finite weight a link, and one finite positive variance
    ///   a node.
    public init(graph: CausalDAG, weights: [Double], noiseVariances: [Double]) throws {
        guard weights.count == graph.links.count, weights.allSatisfy(\.isFinite) else {
            throw DiscoveryError.parameter(
                name: "weights", value: "\(weights.count) numbers",
                expected: "one finite number for each of \(graph.links.count) links")
        }
        guard noiseVariances.count == graph.nodeCount, noiseVariances.allSatisfy({ $0 > 0 && $0.isFinite })
        else {
            throw DiscoveryError.parameter(
                name: "noise variances", value: "\(noiseVariances.count) numbers",
                expected: "one positive number for each of \(graph.nodeCount) nodes")
        }
        (self.graph, self.weights, self.noiseVariances) = (graph, weights, noiseVariances)
    }

    /// Draws a model: for each link a size of weight and a sign, then for each node a variance, all uniform.
    ///
    /// - Throws: `DiscoveryError.parameter` for ranges that allow an infinite weight or a variance that is not positive.
    public init(
        randomOver graph: CausalDAG, weightSizes: ClosedRange<Double> = 0.5...1.5,
        noiseVariances: ClosedRange<Double> = 0.5...1.5, using generator: inout some RandomNumberGenerator
    ) throws {
        guard weightSizes.lowerBound.isFinite, weightSizes.upperBound.isFinite,
            noiseVariances.lowerBound > 0, noiseVariances.upperBound.isFinite
        else {
            throw DiscoveryError.parameter(
                name: "weights and noise variances", value: "\(weightSizes) and \(noiseVariances)",
                expected: "finite ranges, and positive variances")
        }
        let weights = graph.links.map { _ in
            let size = Double.random(in: weightSizes, using: &generator)
            return Bool.random(using: &generator) ? size : -size
        }
        let variances = (0..<graph.nodeCount).map { _ in Double.random(in: noiseVariances, using: &generator)
        }
        try self.init(graph: graph, weights: weights, noiseVariances: variances)
    }

    /// Every node's parents with the weights.
    var parents: [[(node: Int, weight: Double)]] {
        var parents = [[(node: Int, weight: Double)]](repeating: [], count: graph.nodeCount)
        for (link, weight) in zip(graph.links, weights) { parents[link.child].append((link.parent, weight)) }
        return parents
    }
}
