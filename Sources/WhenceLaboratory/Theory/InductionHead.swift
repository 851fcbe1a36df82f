/// How far a transformer's last layer has become an induction head: does the question look at the positions that
/// followed the question's token before?
///
/// Position `j` *answers* if its parent's token is the last position's. Where the first layer has copied parents'
/// tokens, the last layer finds the answers by comparing the last token with the copied ones.
/// - Note: Olsson et al. 2022, https://arxiv.org/abs/2209.11895; Nichani, Damian and Lee 2024, Section 5.
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

extension DisentangledTransformer {
    /// Measures induction on a task of one tree.
    ///
    /// - Parameter count: sequences to look at.
    /// - Returns: nil for a single layer, hidden positions, other graphs than one tree with a question, and when no
    ///   sequence has an answer.
    /// - Throws: `setting` for a count that is out of range, `batch` for a task of other sizes.
    /// - Complexity: O(count · layers · heads · length · width²).
    public func inductionHead(
        on task: InContextTask, count: Int = 256, seed: UInt64 = 0, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> InductionHead? {
        guard shape.heads.count > 1, task.hidden.isEmpty, task.graphs.count == 1,
            task.graphs[0].lastIsQuestion, task.arities == [1]
        else { return nil }
        let parents = task.graphs[0].parents
        let sample = try task.sample(count, key: BatchKey(seed: seed, purpose: .theory), in: workspace)
        let last = shape.length - 1
        var weights = [Double](repeating: 0, count: shape.heads[shape.heads.count - 1])
        var (even, found) = (0.0, 0)
        for sequence in 0..<count {
            let tokens = sample.complete.tokens(of: sequence)
            let answers = (0..<last).filter { position in
                parents[position].contains { tokens[$0] == tokens[last] }
            }
            guard !answers.isEmpty else { continue }
            let patterns = try trace(tokens).attention[shape.heads.count - 1]
            for (head, pattern) in patterns.enumerated() {
                weights[head] += answers.reduce(0) { $0 + Double(pattern[last][$1]) }
            }
            even += Double(answers.count) / Double(shape.length)
            found += 1
        }
        guard found > 0 else { return nil }
        let best = weights.indices.reduce(0) { weights[$1] > weights[$0] ? $1 : $0 }
        return InductionHead(
            head: best, weight: weights[best] / Double(found), evenWeight: even / Double(found),
            sequenceCount: found)
    }
}
