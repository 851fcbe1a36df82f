/// What of an attention matrix `A` is taken for the solution `(I − G)⁻¹` of the structural equations.
///
/// The interpreter takes `A` itself. A layer that has learnt its parents is nearly `G`, though: a child's row is its
/// parent's unit vector, so rows of parent and child are orthogonal and those of siblings equal. The other two readings
/// say what the matrix holds when that is taken into account.
public enum CovarianceReading: String, Sendable, Hashable, Codable, CaseIterable {
    /// `A`: the interpreter as it is (Rohekar, Gurwicz, Nisimov 2023, §3).
    case attention
    /// `(I + A)/2`: with the residual stream, as attention rollout does (Abnar and Zuidema 2020).
    case residual
    /// `(I − G)⁻¹` with `G` the matrix `A` without its diagonal: attention as direct effects.
    case structural

    /// The matrix whose product with its transpose is the covariance.
    ///
    /// - Parameter attention: `[tokens][tokens]`, causal: nothing above the diagonal.
    public func solution(of attention: [[Float]]) -> [[Float]] {
        switch self {
        case .attention: return attention
        case .residual:
            return attention.enumerated().map { position, row in
                row.enumerated().map { ($1 + ($0 == position ? 1 : 0)) / 2 }
            }
        case .structural:
            // Forward substitution: the effects on a position are its own and those on whatever it attends to.
            var effects: [[Float]] = []
            for (position, row) in attention.enumerated() {
                var effect = [Float](repeating: 0, count: attention.count)
                effect[position] = 1
                for (earlier, known) in effects.enumerated() {
                    for column in 0...earlier { effect[column] += row[earlier] * known[column] }
                }
                effects.append(effect)
            }
            return effects
        }
    }
}
