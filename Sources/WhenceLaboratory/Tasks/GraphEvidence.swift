internal import Foundation

/// What a sequence says if its latent graph is known: how likely the graph makes it, and what comes next.
struct GraphEvidence {
    /// The logarithm of the sequence's probability, kernels integrated out; roots count as uniform.
    private(set) var logLikelihood: Double
    /// The law of the predicted position.
    private(set) var law: [Double]

    init(task: InContextTask, parents: [[Int]], tokens: [Int]) {
        switch task.kernels {
        case .dirichlet(let alpha):
            (logLikelihood, law) = Self.counting(task.vocabulary, alpha, parents, tokens)
        case .fixed(let rows):
            (logLikelihood, law) = Self.lookingUp(task, rows, parents, tokens)
        }
    }

    /// Kernels from a Dirichlet law: each token in turn is predicted by the counts before it, whose product is the
    /// Dirichlet-multinomial probability of the sequence.
    private static func counting(
        _ vocabulary: Int, _ alpha: Double, _ parents: [[Int]], _ tokens: [Int]
    ) -> (Double, [Double]) {
        // A row of a kernel is named by its parents' tokens, and so by their number too.
        var counts: [[Int]: [Double]] = [:]
        let uniform = 1 / Double(vocabulary)
        var logLikelihood = 0.0
        for (position, token) in tokens.enumerated() {
            guard !parents[position].isEmpty else {
                logLikelihood += log(uniform)
                continue
            }
            let row = parents[position].map { tokens[$0] }
            let seen = counts[row] ?? [Double](repeating: alpha, count: vocabulary)
            logLikelihood += log(seen[token] / seen.reduce(0, +))
            counts[row, default: seen][token] += 1
        }
        guard let predicted = parents.last, !predicted.isEmpty else {
            return (logLikelihood, [Double](repeating: uniform, count: vocabulary))
        }
        let row = predicted.map { tokens[$0] }
        return (
            logLikelihood,
            Predictor.normalized(counts[row] ?? [Double](repeating: alpha, count: vocabulary))
        )
    }

    /// Known kernels: the rows themselves.
    private static func lookingUp(
        _ task: InContextTask, _ rows: [[Double]], _ parents: [[Int]], _ tokens: [Int]
    ) -> (Double, [Double]) {
        var starts: [Int: Int] = [:]
        var next = 0
        for arity in task.arities {
            starts[arity] = next
            next += task.rowCount(arity: arity)
        }
        let uniform = [Double](repeating: 1 / Double(task.vocabulary), count: task.vocabulary)
        func law(_ position: Int) -> [Double] {
            guard !parents[position].isEmpty, let start = starts[parents[position].count] else {
                return uniform
            }
            return rows[start + parents[position].reduce(0) { $0 * task.vocabulary + tokens[$1] }]
        }
        let logLikelihood = tokens.indices.reduce(0.0) { $0 + log(law($1)[tokens[$1]]) }
        return (logLikelihood, law(tokens.count))
    }
}
