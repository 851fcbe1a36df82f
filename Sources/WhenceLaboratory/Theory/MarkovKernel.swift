/// A transition kernel with its stationary law and its reversal.
public struct MarkovKernel: Sendable, Hashable {
    /// `forward[s][t]`: how likely token `t` is after token `s`.
    public let forward: [[Double]]
    /// The stationary law.
    public let stationary: [Double]
    /// `backward[t][s] = μ(s) · forward[s][t] / μ(t)`: how likely `s` was before `t`.
    public let backward: [[Double]]

    /// Makes a kernel from its rows.
    ///
    /// - Parameter rows: square; every row is a law without zeros, as sampled kernels are.
    /// - Complexity: O(vocabulary³).
    public init(rows: [[Double]]) {
        forward = rows.map { row in
            let total = row.reduce(0, +)
            return row.map { $0 / total }
        }
        let law = Self.stationaryLaw(forward)
        stationary = law
        backward = rows.indices.map { to in
            let weights = rows.indices.map { law[$0] * rows[$0][to] }
            let total = weights.reduce(0, +)
            // A token so rare that nothing leads to it within a Double's range was preceded by anything.
            return weights.map { total > 0 ? $0 / total : 1 / Double(rows.count) }
        }
    }

    /// Elimination without subtraction (Grassmann, Taksar and Heyman 1985), which keeps every digit.
    private static func stationaryLaw(_ rows: [[Double]]) -> [Double] {
        var matrix = rows
        for last in rows.indices.dropFirst().reversed() {
            let leaving = max(matrix[last][..<last].reduce(0, +), .leastNormalMagnitude)
            for from in 0..<last {
                matrix[from][last] /= leaving
                for to in 0..<last { matrix[from][to] += matrix[from][last] * matrix[last][to] }
            }
        }
        var law = [Double](repeating: 1, count: rows.count)
        for state in rows.indices.dropFirst() {
            law[state] = (0..<state).reduce(0) { $0 + law[$1] * matrix[$1][state] }
        }
        return Predictor.normalized(law)
    }

    /// `backward^up · forward^down`: the law of a position given one that is `up` steps below their common ancestor,
    /// itself `down` steps below it. Row: the token given.
    public func path(up: Int, down: Int) -> [[Double]] {
        KernelPowers(self, greatest: max(up, down)).path(up: up, down: down)
    }

    static func product(_ left: [[Double]], _ right: [[Double]]) -> [[Double]] {
        left.map { row in
            var sums = [Double](repeating: 0, count: right[0].count)
            for (factor, other) in zip(row, right) {
                for column in sums.indices { sums[column] += factor * other[column] }
            }
            return sums
        }
    }

    /// The trace of a product.
    static func trace(_ left: [[Double]], _ right: [[Double]]) -> Double {
        var sum = 0.0
        for row in left.indices {
            for column in right.indices { sum += left[row][column] * right[column][row] }
        }
        return sum
    }
}

/// The powers of a kernel and of its reversal, each made once.
struct KernelPowers {
    private var forward: [[[Double]]]
    private var backward: [[[Double]]]

    init(_ kernel: MarkovKernel, greatest: Int) {
        let identity = kernel.forward.indices.map { s in kernel.forward.indices.map { $0 == s ? 1.0 : 0 } }
        (forward, backward) = ([identity], [identity])
        for power in 0..<greatest {
            forward.append(MarkovKernel.product(forward[power], kernel.forward))
            backward.append(MarkovKernel.product(backward[power], kernel.backward))
        }
    }

    /// `backward^up · forward^down`.
    func path(up: Int, down: Int) -> [[Double]] {
        if up == 0 { return forward[down] }
        return down == 0 ? backward[up] : MarkovKernel.product(backward[up], forward[down])
    }
}
