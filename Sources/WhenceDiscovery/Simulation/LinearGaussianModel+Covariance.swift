extension LinearGaussianModel {
    /// The exact covariance of the observed variables, given the selection variables.
    ///
    /// - Returns: `[observed, observed]`, row-major, in the order of `graph.observed`.
    /// - Complexity: O(nodes³).
    public func covariance() -> [Double] {
        var full = unconditionalCovariance()
        _ = condition(&full)
        let n = graph.nodeCount
        return graph.observed.flatMap { row in graph.observed.map { full[row * n + $0] } }
    }

    /// The exact correlations of the observed variables, given the selection variables: what a test on infinitely many
    /// samples would see.
    ///
    /// - Returns: As `covariance()`, with a diagonal of 1.
    public func correlation() -> [Double] {
        let (covariance, n) = (covariance(), graph.observed.count)
        return (0..<n * n).map { place in
            let (row, column) = (place / n, place % n)
            guard row != column else { return 1 }
            let scale = (covariance[row * n + row] * covariance[column * n + column]).squareRoot()
            return max(-1, min(1, covariance[place] / scale))
        }
    }

    /// `T Ω Tᵀ`, where row v of T is the total effect of every node's noise on v, and Ω has the noise variances.
    private func unconditionalCovariance() -> [Double] {
        let (n, parents) = (graph.nodeCount, parents)
        var effects = [Double](repeating: 0, count: n * n)
        for v in graph.causalOrder {
            effects[v * n + v] = 1
            for (parent, weight) in parents[v] {
                for source in 0..<n { effects[v * n + source] += weight * effects[parent * n + source] }
            }
        }
        var covariance = effects
        for row in 0..<n {
            for column in 0..<n {
                var sum = 0.0
                for source in 0..<n {
                    sum += effects[row * n + source] * noiseVariances[source] * effects[column * n + source]
                }
                covariance[row * n + column] = sum
            }
        }
        return covariance
    }

    /// Conditions a covariance of all nodes on the selection variables, one after another.
    ///
    /// - Returns: For each selection variable, how much of it every other variable holds at that point.
    func condition(_ covariance: inout [Double]) -> [[Double]] {
        let n = graph.nodeCount
        return graph.selection.map { selected in
            let variance = covariance[selected * n + selected]
            let shares = (0..<n).map { $0 == selected ? 0 : covariance[$0 * n + selected] / variance }
            let column = (0..<n).map { covariance[selected * n + $0] }
            for row in 0..<n where row != selected {
                for other in 0..<n { covariance[row * n + other] -= shares[row] * column[other] }
            }
            return shares
        }
    }
}

extension LinearGaussianModel {
    /// Draws samples of the observed variables, given that every selection variable is 0.
    ///
    /// Each is a draw of all variables from which the part that the selection variables predict is taken away, which
    /// has the conditional distribution.
    /// - Parameter count: How many.
    /// - Returns: `[count, observed]`, row-major, in the order of `graph.observed`. The same seed gives the same numbers,
    ///   up to the last bits of the system's logarithm and cosine.
    /// - Throws: `DiscoveryError.parameter` for a negative number.
    public func samples(_ count: Int, using generator: inout some RandomNumberGenerator) throws -> [Double] {
        guard count >= 0 else {
            throw DiscoveryError.parameter(name: "samples", value: "\(count)", expected: "0 or more")
        }
        var full = unconditionalCovariance()
        let (shares, parents) = (condition(&full), parents)
        let deviations = noiseVariances.map { $0.squareRoot() }
        var normal = NormalDeviates()
        var samples: [Double] = []
        samples.reserveCapacity(count * graph.observed.count)
        var values = [Double](repeating: 0, count: graph.nodeCount)
        for _ in 0..<count {
            for v in graph.causalOrder {
                values[v] = deviations[v] * normal.next(using: &generator)
                for (parent, weight) in parents[v] { values[v] += weight * values[parent] }
            }
            for (selected, shares) in zip(graph.selection, shares) {
                let value = values[selected]
                for v in values.indices where v != selected { values[v] -= shares[v] * value }
            }
            for v in graph.observed { samples.append(values[v]) }
        }
        return samples
    }
}
