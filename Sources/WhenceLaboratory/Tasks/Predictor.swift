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
    /// `bayes` without finding out which of several graphs it is: all count equally, whatever the sequence says. Of a
    /// single graph the same as `bayes`.
    case evenGraphs
}

extension Predictor {
    /// The law of the next token.
    ///
    /// For one graph and kernels from a Dirichlet law, `bayes` is the posterior mean of the row asked for,
    /// `(α + counts of transitions out of the predicted position's parents' tokens) / total`, over positions that
    /// have as many parents; roots are nobody's children. For several graphs it is the average over them, weighted by
    /// how likely each makes the sequence. With known kernels all of this is exact.
    ///
    /// With kernels from a Dirichlet law it is exact for uniform roots only. Stationary roots say something about the
    /// kernel too: the posterior of its rows gets the factor `Π μ(root)`, and because `μ` joins all rows, no closed form
    /// is known; a trained model can come out below this predictor. Weighting kernels from the posterior by that factor
    /// (length 20, alpha 0.1) gives losses that are lower by 0.009 ± 0.003 nats for the chain, which has one root, and
    /// by 0.037 ± 0.005 for pairs, which have ten, with 3 tokens; by 0.009 ± 0.003 and 0.030 ± 0.004 with 2 tokens;
    /// with 10 tokens by 0.004 ± 0.004 for the chain.
    /// - Parameters:
    ///   - tokens: all positions of the sequence, hidden ones included.
    /// - Returns: `vocabulary` probabilities.
    /// - Note: Nichani, Damian and Lee 2024; for several graphs the Bayesian average over lags of
    ///   https://arxiv.org/abs/2509.08184.
    public func law(of task: InContextTask, after tokens: [Int]) -> [Double] {
        var prepared = PreparedPredictor(self, for: task)
        return prepared.law(after: tokens)
    }

    static func normalized(_ weights: [Double]) -> [Double] {
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    /// The parents of each position that the predictor believes in.
    fileprivate func parents(_ graph: LatentGraph) -> [[Int]] {
        switch self {
        case .lastParent: return graph.parents.map { Array($0.suffix(1)) }
        case .officialBayes where graph.lastIsQuestion:
            // The code leaves the last position, whose token is the question, out of its list: element −1 of
            // the rest is the position before it.
            return graph.parents.enumerated().map {
                $1.isEmpty && $0 < graph.length - 1 ? [graph.length - 2] : $1
            }
        case .bayes, .officialBayes, .unigram, .uniform, .evenGraphs: return graph.parents
        }
    }
}

/// A predictor with all that is the same for every sequence of a task.
struct PreparedPredictor {
    private let predictor: Predictor
    private let vocabulary: Int
    /// What a row's prior is worth in counts.
    private let alpha: Double
    private let table: FamilyTable?
    private var counts: GraphEvidence?

    init(_ predictor: Predictor, for task: InContextTask) {
        self.predictor = predictor
        vocabulary = task.vocabulary
        let parents = task.graphs.map(predictor.parents)
        switch task.kernels {
        case .dirichlet(let alpha):
            (self.alpha, table) = (alpha, nil)
            if predictor != .uniform, predictor != .unigram {
                counts = GraphEvidence(vocabulary: vocabulary, alpha: alpha, parents: parents)
            }
        case .fixed(let rows):
            alpha = 0.1
            table = FamilyTable(FixedKernels(task, rows: rows), parents: parents)
        }
    }

    /// The law of the next token.
    mutating func law(after tokens: [Int]) -> [Double] {
        switch predictor {
        case .uniform: return [Double](repeating: 1 / Double(vocabulary), count: vocabulary)
        case .unigram:
            var counts = [Double](repeating: alpha, count: vocabulary)
            for token in tokens { counts[token] += 1 }
            return Predictor.normalized(counts)
        case .evenGraphs: return average(over: evidence(tokens).map { (0, $0.law) })
        case .bayes, .lastParent, .officialBayes: return average(over: evidence(tokens))
        }
    }

    private mutating func evidence(_ tokens: [Int]) -> [(logLikelihood: Double, law: [Double])] {
        table?.evidence(tokens) ?? counts?.evidence(tokens) ?? []
    }

    private func average(over graphs: [(logLikelihood: Double, law: [Double])]) -> [Double] {
        let greatest = graphs.map(\.logLikelihood).max() ?? 0
        var law = [Double](repeating: 0, count: vocabulary)
        var total = 0.0
        for graph in graphs {
            // A sequence that no graph makes possible says nothing about them.
            let weight = greatest.isFinite ? exp(graph.logLikelihood - greatest) : 1
            total += weight
            for (token, probability) in graph.law.enumerated() { law[token] += weight * probability }
        }
        return law.map { $0 / total }
    }
}
