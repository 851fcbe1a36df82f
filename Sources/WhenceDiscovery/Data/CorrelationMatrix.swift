/// A matrix of correlations: finite, symmetric, with a diagonal of 1, and positive semi-definite.
///
/// It may be singular: the tests that a singular sub-matrix makes impossible are counted, see `FisherZTest`.
public struct CorrelationMatrix: Sendable, Hashable {
    /// Number of variables.
    public let nodeCount: Int
    /// `[nodeCount, nodeCount]`, row-major.
    public let elements: [Double]

    /// Checks a matrix.
    ///
    /// Entries may be off by 1e-6, as rounding leaves them.
    /// - Parameters:
    ///   - elements: `[nodeCount, nodeCount]`, row-major.
    ///   - nodeCount: Number of variables.
    /// - Throws: `DiscoveryError.matrixSize`, `.notFinite`, `.notSymmetric`, `.diagonal`, `.outOfRange` or
    ///   `.indefinite`.
    /// - Complexity: O(nodeCount³).
    public init(_ elements: [Double], nodeCount: Int) throws {
        guard nodeCount >= 0, elements.count == nodeCount * nodeCount else {
            throw DiscoveryError.matrixSize(entries: elements.count, nodeCount: nodeCount)
        }
        self.nodeCount = nodeCount
        self.elements = try FisherZTest.cleaned(elements, nodeCount)
        if let row = Self.contradictoryRow(self.elements, nodeCount) {
            throw DiscoveryError.indefinite(row: row)
        }
    }

    /// The correlations of samples (Pearson's).
    ///
    /// - Complexity: O(samples · variables²).
    public init(of samples: SampleTable) throws {
        let columns = samples.columns.map(Self.standardized)
        try self.init(gramOf: columns)
    }

    /// The correlations that attention implies: those of the covariance `A·Aᵀ` of one head of one layer.
    ///
    /// Read as a linear structural equation model, `Z = A·V` has the covariance `A·Aᵀ` over the tokens.
    /// - Parameters:
    ///   - attention: `[nodeCount, nodeCount]`, row-major: not negative, every row with a sum of 1 within 1e-3,
    ///     which leaves room for weights that were rounded or stored in half precision.
    ///   - nodeCount: Number of tokens.
    /// - Throws: `DiscoveryError.matrixSize`, `.attention` or `.rowSum`, with the row, counted from 0.
    /// - Note: Rohekar, Gurwicz and Nisimov 2023, *Causal interpretation of self-attention in pre-trained
    ///   transformers*, NeurIPS, §3.
    public init(attention: [Double], nodeCount: Int) throws {
        guard nodeCount >= 0, attention.count == nodeCount * nodeCount else {
            throw DiscoveryError.matrixSize(entries: attention.count, nodeCount: nodeCount)
        }
        var rows: [[Double]] = []
        for row in 0..<nodeCount {
            let weights = Array(attention[row * nodeCount..<(row + 1) * nodeCount])
            if let column = weights.firstIndex(where: { !($0.isFinite && $0 >= 0) }) {
                throw DiscoveryError.attention(row: row, column: column, value: weights[column])
            }
            let sum = weights.reduce(0, +)
            guard abs(sum - 1) <= 1e-3 else { throw DiscoveryError.rowSum(row: row, sum: sum) }
            let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
            rows.append(weights.map { $0 / length })
        }
        try self.init(gramOf: rows)
    }

    /// The products of vectors of length 1 with each other.
    private init(gramOf vectors: [[Double]]) throws {
        let count = vectors.count
        var elements = [Double](repeating: 1, count: count * count)
        for row in 0..<count {
            for column in 0..<row {
                let product = min(1, max(-1, Self.product(vectors[row], vectors[column])))
                elements[row * count + column] = product
                elements[column * count + row] = product
            }
        }
        try self.init(elements, nodeCount: count)
    }

    /// A column without its mean, divided by its length; scaled by a power of two first, which costs no digit, so
    /// that no square overflows.
    private static func standardized(_ column: [Double]) -> [Double] {
        let largest = column.reduce(0) { max($0, abs($1)) }
        let scale = Double(sign: .plus, exponent: largest.exponent, significand: 1)
        let scaled = column.map { $0 / scale }
        let count = Double(column.count)
        let rough = scaled.reduce(0, +) / count
        // The second pass takes away what rounding left in the first mean.
        let mean = rough + scaled.reduce(0) { $0 + ($1 - rough) } / count
        let length = scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
        return scaled.map { ($0 - mean) / length }
    }

    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var sums = SIMD8<Double>(repeating: 0)
                var place = 0
                while place + 8 <= a.count {
                    var (left, right) = (SIMD8<Double>(), SIMD8<Double>())
                    for lane in 0..<8 { (left[lane], right[lane]) = (a[place + lane], b[place + lane]) }
                    sums += left * right
                    place += 8
                }
                var sum = sums.sum()
                while place < a.count {
                    sum += a[place] * b[place]
                    place += 1
                }
                return sum
            }
        }
    }

    /// The first row whose correlations no data can have together with those of the rows before it; `nil` when the
    /// smallest eigenvalue is above -1e-6 · n, which is what rounding each entry at 1e-6 can do to a singular
    /// matrix. By Cholesky's factorisation of the matrix with its diagonal raised by as much.
    private static func contradictoryRow(_ matrix: [Double], _ n: Int) -> Int? {
        var factor = matrix
        return factor.withUnsafeMutableBufferPointer { factor in
            for row in 0..<n {
                for column in 0...row {
                    var value = factor[row * n + column]
                    for k in 0..<column { value -= factor[row * n + k] * factor[column * n + k] }
                    if row == column {
                        value += 1e-6 * Double(n)
                        guard value > 0 else { return row }
                        factor[row * n + row] = value.squareRoot()
                    } else {
                        factor[row * n + column] = value / factor[column * n + column]
                    }
                }
            }
            return nil
        }
    }
}

extension FisherZTest {
    /// Makes a test from correlations.
    ///
    /// - Parameters:
    ///   - correlation: Checked already.
    ///   - samples: At least 4, the fewest that allow the test without a conditioning set.
    ///   - alpha: Above 0, below 1.
    /// - Throws: `DiscoveryError.samples` or `.alpha`.
    public init(_ correlation: CorrelationMatrix, samples: Int, alpha: Double = 0.01) throws {
        try self.init(
            correlation: correlation.elements, nodeCount: correlation.nodeCount, samples: samples,
            alpha: alpha)
    }

    /// Makes a test from samples.
    ///
    /// - Throws: `DiscoveryError.samples` for fewer than 4 samples, `.alpha`.
    public init(_ samples: SampleTable, alpha: Double = 0.01) throws {
        try self.init(CorrelationMatrix(of: samples), samples: samples.sampleCount, alpha: alpha)
    }
}
