import Whence

/// The training runs behind the figures of Nichani, Damian and Lee 2024, with the settings of their code.
enum LabExperiment: Hashable, Sendable {
    case chain, pairs, randomTree, twoParents
    /// One of the random trees with three tokens of Figure 9.
    case manyGraphs(Int, Trees)

    /// Where the trees of Figure 9 come from: the paper's code, or the seed.
    enum Trees: Hashable, Sendable { case published, drawn }

    static let graphCount = 20

    var name: String {
        switch self {
        case .chain: "chain"
        case .pairs: "in-context pairs"
        case .randomTree: "random tree"
        case .twoParents: "two parents"
        case .manyGraphs(let number, _): "tree \(number + 1) of \(Self.graphCount)"
        }
    }

    /// Steps in the paper, and those by default, which take minutes.
    private var steps: (paper: Int, short: Int) {
        switch self {
        case .chain, .pairs, .randomTree: (1 << 17, 1 << 14)
        case .twoParents: (1 << 16, 1 << 14)
        case .manyGraphs: (1 << 14, 1 << 14)
        }
    }

    /// Everything that the run follows from.
    ///
    /// - Parameter steps: instead of the run's own number.
    func settings(seed: UInt64, isPaper: Bool, steps given: Int?) throws -> TrainingSettings {
        let steps = given ?? (isPaper ? self.steps.paper : self.steps.short)
        let evaluationCount = 1 << 14
        switch self {
        case .twoParents:
            let task = try InContextTask(vocabulary: 5, graph: .twoParents(length: 32))
            return try TrainingSettings(
                task: task, shape: DisentangledShape(for: task, heads: [2, 1]), steps: steps,
                learningRate: 0.01, optimizer: .adamW(), weightDecay: 1e-4, start: .noise(scale: 1e-4),
                seed: seed, evaluationCount: evaluationCount)
        case .manyGraphs(let number, let trees):
            return try TrainingSettings(
                task: InContextTask(vocabulary: 3, graph: Self.tree(number, trees, seed: seed)), steps: steps,
                schedule: .constant, seed: seed &+ UInt64(number), evaluationCount: 1024)
        case .chain, .pairs, .randomTree:
            return try TrainingSettings(
                task: InContextTask(vocabulary: 10, graph: singleParent(seed: seed)), steps: steps,
                seed: seed, evaluationCount: evaluationCount)
        }
    }

    private func singleParent(seed: UInt64) throws -> LatentGraph {
        switch self {
        case .pairs: return try .pairs(length: 20)
        case .randomTree:
            var generator = SplitMix64(seed: seed)
            return try .randomTree(length: 20, rootProbability: nil, using: &generator)
        case .chain, .twoParents, .manyGraphs: return try .chain(length: 20)
        }
    }

    /// Drawn trees come one after the other from the seed.
    private static func tree(_ number: Int, _ trees: Trees, seed: UInt64) throws -> LatentGraph {
        if trees == .published { return try PublishedTrees.tree(number) }
        var generator = SplitMix64(seed: seed)
        for _ in 0..<number { _ = try LatentGraph.randomTree(length: 20, using: &generator) }
        return try .randomTree(length: 20, using: &generator)
    }
}
