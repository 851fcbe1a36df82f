/// How far a transformer's last layer has become an induction head: does the question look at the positions that
/// followed the question's token before?
///
/// Position `j` *answers* if its parent's token is the last position's. Where the first layer has copied parents'
/// tokens, the last layer finds the answers by comparing the last token with the copied ones.
/// - Note: Olsson et al. 2022, https://arxiv.org/abs/2209.11895; Nichani, Damian and Lee 2024, in-context Markov chains.
public struct InductionHead: Sendable, Hashable, Codable {
    /// The head of the last layer that looks at answers most, from 0.
    public var head: Int
    /// The last position's weight on all answers together, the mean over sequences that have one.
    public var weight: Double
    /// What even attention would put there.
    public var evenWeight: Double
    /// Sequences that have an answer.
    public var sequenceCount: Int
}

/// Sequences on which induction is measured, each with its answers.
struct InductionProbe {
    private let sequences: [(tokens: [Int], answers: [Int])]

    /// Draws sequences.
    ///
    /// - Returns: nil for a single layer, hidden positions, other graphs than one tree with a question, and when no
    ///   sequence has an answer.
    init?(
        _ task: InContextTask, shape: DisentangledShape, count: Int = 256, seed: UInt64,
        in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) {
        guard shape.heads.count > 1, task.hidden.isEmpty, task.graphs.count == 1,
            task.graphs[0].lastIsQuestion, task.arities == [1]
        else { return nil }
        let parents = task.graphs[0].parents
        let sample = try task.sample(count, key: BatchKey(seed: seed, purpose: .theory), in: workspace)
        let last = shape.length - 1
        sequences = (0..<count).compactMap { sequence in
            let tokens = sample.complete.tokens(of: sequence)
            let answers = (0..<last).filter { position in
                parents[position].contains { tokens[$0] == tokens[last] }
            }
            return answers.isEmpty ? nil : (tokens, answers)
        }
        if sequences.isEmpty { return nil }
    }

    /// The head of the last layer that looks at answers most.
    ///
    /// - Parameter transformer: of the shape that the sequences were drawn for.
    func head(of transformer: DisentangledTransformer) -> InductionHead {
        let shape = transformer.shape
        var weights = [Double](repeating: 0, count: shape.heads[shape.heads.count - 1])
        var even = 0.0
        let matrices = transformer.attentionMatrices
        for (tokens, answers) in sequences {
            let patterns = transformer.lastAttention(tokens, matrices)
            for (head, pattern) in patterns.enumerated() {
                weights[head] += answers.reduce(0) { $0 + Double(pattern[$1]) }
            }
            even += Double(answers.count) / Double(shape.length)
        }
        let best = weights.indices.reduce(0) { weights[$1] > weights[$0] ? $1 : $0 }
        let count = Double(sequences.count)
        return InductionHead(
            head: best, weight: weights[best] / count, evenWeight: even / count,
            sequenceCount: sequences.count)
    }
}

extension DisentangledTransformer {
    /// Measures induction on a task of one tree.
    ///
    /// - Parameter count: sequences to look at.
    /// - Returns: nil for a single layer, hidden positions, other graphs than one tree with a question, and when no
    ///   sequence has an answer.
    /// - Throws: `setting` for a count that is out of range, `batch` for a task of other sizes.
    /// - Complexity: O(count · layers · heads · length · width²), of the last layer for one position only.
    public func inductionHead(
        on task: InContextTask, count: Int = 256, seed: UInt64 = 0, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> InductionHead? {
        guard task.vocabulary == shape.vocabulary, task.visible.count == shape.length else {
            throw .batch(
                "the task shows \(task.visible.count) positions and \(task.vocabulary) tokens, the transformer reads "
                    + "\(shape.length) positions and \(shape.vocabulary) tokens")
        }
        return try InductionProbe(task, shape: shape, count: count, seed: seed, in: workspace)?.head(of: self)
    }
}
