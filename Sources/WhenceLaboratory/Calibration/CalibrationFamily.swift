internal import WhenceDiscovery

/// A family of latent graphs on which the interpreter is calibrated.
public enum CalibrationFamily: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every position depends on the one before it.
    case chain
    /// A random tree, another for each seed; half of the positions are roots.
    case tree
    /// Pairs of a word and its answer.
    case pairs
    /// Two parents a position, as in the paper's Figure 5.
    case twoParents = "two-parents"
    /// A random tree, another for each seed, of which the model does not see positions with several children.
    case hiddenCauses = "hidden-causes"
    /// Two parents a position, and every fourth position is not shown.
    case hiddenTwoParents = "hidden-two-parents"

    private static let attempts = 1000

    /// The task of a seed.
    ///
    /// - Parameters:
    ///   - vocabulary: different tokens.
    ///   - length: positions, hidden ones and the question included.
    ///   - seed: what a random graph follows from.
    /// - Throws: `setting` for sizes out of range, and for a length at which no position can be hidden.
    func task(vocabulary: Int, length: Int, seed: UInt64) throws(LaboratoryError) -> InContextTask {
        var generator = SplitMix64(seed: seed)
        switch self {
        case .chain: return try InContextTask(vocabulary: vocabulary, graph: .chain(length: length))
        case .pairs: return try InContextTask(vocabulary: vocabulary, graph: .pairs(length: length))
        case .twoParents: return try InContextTask(vocabulary: vocabulary, graph: .twoParents(length: length))
        case .tree:
            return try InContextTask(
                vocabulary: vocabulary, graph: .randomTree(length: length, using: &generator))
        case .hiddenTwoParents:
            return try InContextTask(
                vocabulary: vocabulary, graph: .twoParents(length: length),
                hidden: (0..<max(0, length - 1)).filter { $0 % 4 == 2 })
        case .hiddenCauses:
            for _ in 0..<Self.attempts {
                let graph = try LatentGraph.randomTree(
                    length: length, rootProbability: 0.25, using: &generator)
                let hidden = Self.commonCauses(of: graph)
                if !hidden.isEmpty {
                    return try InContextTask(vocabulary: vocabulary, graph: graph, hidden: hidden)
                }
            }
            throw .setting(
                name: "the length of a sequence", value: "\(length)",
                expected: "more positions, so that some have two children")
        }
    }

    /// Positions with at least two children, none of which is another's parent.
    private static func commonCauses(of graph: LatentGraph) -> [Int] {
        var children = [Int](repeating: 0, count: graph.length)
        for edge in graph.edges { children[edge.parent] += 1 }
        var hidden: [Int] = []
        for (position, count) in children.enumerated() where count >= 2 {
            if graph.parents[position].allSatisfy({ !hidden.contains($0) }) { hidden.append(position) }
        }
        return hidden
    }

    /// How a transformer learns the family: as in the paper's experiments with one and with several parents.
    func training(
        _ task: InContextTask, steps: Int, batchSize: Int, seed: UInt64
    ) throws(LaboratoryError) -> TrainingSettings {
        switch self {
        case .chain, .tree, .pairs, .hiddenCauses:
            return try TrainingSettings(
                task: task, steps: steps, batchSize: batchSize, seed: seed, evaluationInterval: steps)
        case .twoParents, .hiddenTwoParents:
            return try TrainingSettings(
                task: task, shape: DisentangledShape(for: task, heads: [2, 1]), steps: steps,
                learningRate: 0.01, batchSize: batchSize, optimizer: .adamW(), weightDecay: 1e-4,
                start: .noise(scale: 1e-4), seed: seed, evaluationInterval: steps)
        }
    }
}
