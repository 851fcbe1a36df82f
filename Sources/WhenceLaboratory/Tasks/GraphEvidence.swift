internal import Foundation

/// What a sequence says if its latent graph is known and its kernels are not: how likely the graph makes it, kernels
/// from a Dirichlet law integrated out, and what comes next.
struct GraphEvidence {
    /// The logarithm of the sequence's probability; roots count as uniform.
    private(set) var logLikelihood: Double
    /// The law of the predicted position.
    private(set) var law: [Double]

    /// Each token in turn is predicted by the counts before it, whose product is the Dirichlet-multinomial probability
    /// of the sequence.
    init(vocabulary: Int, alpha: Double, parents: [[Int]], tokens: [Int]) {
        // A row of a kernel is named by its parents' tokens, and so by their number too.
        var counts: [[Int]: [Double]] = [:]
        let uniform = 1 / Double(vocabulary)
        let prior = [Double](repeating: alpha, count: vocabulary)
        logLikelihood = 0
        for (position, token) in tokens.enumerated() {
            guard !parents[position].isEmpty else {
                logLikelihood += log(uniform)
                continue
            }
            let row = parents[position].map { tokens[$0] }
            let seen = counts[row] ?? prior
            logLikelihood += log(seen[token] / seen.reduce(0, +))
            counts[row, default: seen][token] += 1
        }
        guard let predicted = parents.last, !predicted.isEmpty else {
            law = [Double](repeating: uniform, count: vocabulary)
            return
        }
        law = Predictor.normalized(counts[predicted.map { tokens[$0] }] ?? prior)
    }
}
