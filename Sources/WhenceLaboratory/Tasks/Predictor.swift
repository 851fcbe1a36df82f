internal import Foundation

/// Predictors that know the task instead of learning it: the lines that a trained model is held against.
public enum Predictor: String, Sendable, Hashable, Codable, CaseIterable {
    /// What is optimal for someone who knows the latent graphs and the law of the kernels, but not the kernels.
    case bayes
    /// The same as the paper's code has it, in which roots of a tree count as children of the last position but one.
    ///
    /// Its index −1 for "no parent" is Python's last element; kept for comparison only.
    case officialBayes
    /// Counts of all tokens of the sequence, and the prior's: knows no order.
    case unigram
    /// Every token is as likely as any other.
    case uniform
    /// `bayes` for the graph in which every position has only the last of its parents.
    case lastParent
}

extension Predictor {
    /// The law of the next token.
    ///
    /// For one graph and kernels from a Dirichlet law, `bayes` is the posterior mean of the row asked for,
    /// `(α + counts of transitions out of the predicted position's parents' tokens) / total`, over positions that
    /// have as many parents; roots are nobody's children. That is exact for uniform roots. Stationary roots say
    /// something about the kernel too, which no closed form uses: a trained model of a tree with many roots can come
    /// out slightly below. For several graphs it is the average over them, weighted by how likely
    /// each makes the sequence.
    /// - Parameters:
    ///   - tokens: all positions of the sequence, hidden ones included.
    /// - Returns: `vocabulary` probabilities.
    /// - Note: Nichani, Damian and Lee 2024, Section 2.1; for several graphs the Bayesian average over lags of
    ///   https://arxiv.org/abs/2509.08184.
    public func law(of task: InContextTask, after tokens: [Int]) -> [Double] {
        switch self {
        case .uniform: return [Double](repeating: 1 / Double(task.vocabulary), count: task.vocabulary)
        case .unigram:
            var counts = [Double](repeating: task.priorCount, count: task.vocabulary)
            for token in tokens { counts[token] += 1 }
            return Self.normalized(counts)
        case .bayes: return task.averageOverGraphs(tokens) { $0.parents }
        case .lastParent: return task.averageOverGraphs(tokens) { $0.parents.map { Array($0.suffix(1)) } }
        case .officialBayes:
            return task.averageOverGraphs(tokens) { graph in
                guard graph.lastIsQuestion else { return graph.parents }
                // The code leaves the last position, whose token is the question, out of its list: element −1 of
                // the rest is the position before it.
                return graph.parents.enumerated().map {
                    $1.isEmpty && $0 < graph.length - 1 ? [graph.length - 2] : $1
                }
            }
        }
    }

    static func normalized(_ weights: [Double]) -> [Double] {
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}

extension InContextTask {
    /// What a row's prior is worth in counts.
    fileprivate var priorCount: Double {
        guard case .dirichlet(let alpha) = kernels else { return 0.1 }
        return alpha
    }

    fileprivate func averageOverGraphs(
        _ tokens: [Int], _ parents: (LatentGraph) -> [[Int]]
    ) -> [Double] {
        let evidence = graphs.map { GraphEvidence(task: self, parents: parents($0), tokens: tokens) }
        let greatest = evidence.map(\.logLikelihood).max() ?? 0
        var law = [Double](repeating: 0, count: vocabulary)
        var total = 0.0
        for graph in evidence {
            // A single graph counts fully, even if it makes the sequence impossible.
            let weight = evidence.count == 1 ? 1 : exp(graph.logLikelihood - greatest)
            total += weight
            for (token, probability) in graph.law.enumerated() { law[token] += weight * probability }
        }
        return law.map { $0 / total }
    }
}
