internal import WhenceDiscovery
internal import WhenceExplanation

/// A way from attention to a causal graph.
public enum CalibrationMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// The interpreter with FCI.
    case fci
    /// The interpreter with ICD.
    case icd
    /// The interpreter with ICD that knows the order of positions, as for models that see earlier tokens only.
    case orderedICD = "ordered-icd"
    /// Baseline: position `i` has as parents all `j < i` with a weight of at least 1/2.
    case threshold
    /// Baseline: position `i` has as parents all `j < i` with at least twice the uniform weight, `2/(i + 1)`.
    case relativeThreshold = "relative-threshold"
    /// Baseline: position `i` has the parent `j < i` of the largest weight, the first of equal ones.
    case largestWeight = "largest-weight"

    /// Whether this is the interpreter and no baseline.
    public var isInterpreter: Bool {
        switch self {
        case .fci, .icd, .orderedICD: true
        case .threshold, .relativeThreshold, .largestWeight: false
        }
    }

    /// Readings of attention that make a difference to the method.
    var readings: [CovarianceReading?] { isInterpreter ? CovarianceReading.allCases : [nil] }

    /// The search of the interpreter; nil for a baseline.
    ///
    /// - Parameter nodeCount: nodes, in the order of the text.
    func search(nodeCount: Int, options: DiscoveryOptions) -> (any DiscoveryAlgorithm)? {
        switch self {
        case .fci: FCI(options: options)
        case .icd: ICD(options: options)
        case .orderedICD: OrderedICD(order: Array(0..<nodeCount), options: options)
        case .threshold, .relativeThreshold, .largestWeight: nil
        }
    }

    /// The graph that a baseline reads: the equivalence class of the directed graph of its parents, so that it claims
    /// no more than the interpreter could.
    ///
    /// - Parameters:
    ///   - attention: `[heads][tokens][tokens]`; the mean over heads counts.
    ///   - nodes: the tokens that are nodes, ascending.
    func baseline(_ attention: [[[Float]]], nodes: [Int]) throws -> MixedGraph {
        var links: [CausalDAG.Link] = []
        for child in nodes.indices {
            let weights = nodes[..<child].map { parent in
                attention.reduce(Float(0)) { $0 + $1[nodes[child]][parent] } / Float(attention.count)
            }
            for parent in parents(weights, position: nodes[child]) {
                links.append(CausalDAG.Link(parent, child))
            }
        }
        let oracle = try SeparationOracle(CausalDAG(nodeCount: nodes.count, links: links))
        return try oracle.maximalAncestralGraph().partialAncestralGraph()
    }

    private func parents(_ weights: [Float], position: Int) -> [Int] {
        switch self {
        case .fci, .icd, .orderedICD: []
        case .threshold: weights.indices.filter { weights[$0] >= 0.5 }
        case .relativeThreshold: weights.indices.filter { weights[$0] >= 2 / Float(position + 1) }
        case .largestWeight:
            weights.max().flatMap { largest in weights.firstIndex(of: largest) }.map { [$0] } ?? []
        }
    }
}
