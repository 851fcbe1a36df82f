#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Partial correlations by a Cholesky factorisation that grows and shrinks with the conditioning set.
///
/// The correlations among `S`, then `i` and `j`, are factorised in that order. Row k of the factor depends on the
/// first k members of `S` only, so consecutive questions whose sets share a prefix, as those of a lexicographic
/// search do, share its rows: a new last member costs O(|S|²), a known prefix nothing. What remains of the 2 × 2
/// block of `i` and `j` after eliminating `S` is
///
///     c_ii = 1 − Σ l_ik²,   c_ij = r_ij − Σ l_ik l_jk,   c_jj = 1 − Σ l_jk²,   ρ = c_ij / √(c_ii c_jj).
///
/// The numbers do not depend on what was asked before: a reused row holds what computing it again would give.
final class FisherZEvaluator: IndependenceEvaluator {
    private let test: FisherZTest
    private let nodeCount: Int
    private let correlation: UnsafeMutablePointer<Double>

    /// Row k of the factor, `stride` apart: entries 0 ..< k. No buffer is read before it is written.
    private let stride: Int
    private let factor: UnsafeMutablePointer<Double>
    /// 1 / √pivot of each row.
    private let inverse: UnsafeMutablePointer<Double>
    /// Rows of `i` and of `j`.
    private let rowI: UnsafeMutablePointer<Double>
    private let rowJ: UnsafeMutablePointer<Double>
    /// The 2 × 2 block after eliminating the first k members: `c_ii, c_ij, c_jj` at 3k.
    private let block: UnsafeMutablePointer<Double>

    /// The members whose rows `factor` holds; with `pairDepth` of them eliminated from `i` and `j`.
    private let members: UnsafeMutablePointer<Int>
    private var factorDepth = 0
    private var pairDepth = 0
    private var pair = (-1, -1)

    /// For each size of the conditioning set, the |ρ| between independence and dependence.
    private var thresholds: [Double] = []

    /// - Parameter largestSet: Members of the largest conditioning set that will be asked for.
    init(_ test: FisherZTest, largestSet: Int) {
        self.test = test
        nodeCount = test.nodeCount
        correlation = test.correlation.values
        stride = max(1, largestSet)
        factor = .allocate(capacity: stride * stride)
        inverse = .allocate(capacity: stride)
        rowI = .allocate(capacity: stride)
        rowJ = .allocate(capacity: stride)
        block = .allocate(capacity: 3 * (stride + 1))
        members = .allocate(capacity: stride)
    }

    deinit {
        for buffer in [factor, inverse, rowI, rowJ, block] { buffer.deallocate() }
        members.deallocate()
    }

    func judge(_ a: Int, _ b: Int, given set: [Int]) -> IndependenceJudgement {
        let (i, j) = a < b ? (a, b) : (b, a)
        let size = set.count
        let threshold = threshold(conditioningSize: size)
        let marginal = correlation[i * nodeCount + j]
        guard abs(marginal) < FisherZTest.equality, eliminate(set, from: i, j) else {
            return IndependenceJudgement(isIndependent: false, isDegenerate: true, strength: .infinity)
        }
        let (ii, ij, jj) = (block[3 * size], block[3 * size + 1], block[3 * size + 2])
        let strength = abs(ij) / (ii * jj).squareRoot()
        // Whichever of the two is eliminated first, its pivot and the one left for the other must be positive.
        let smaller = min(ii, jj)
        guard smaller >= FisherZTest.smallestPivot,
            smaller * (1 - strength * strength) >= FisherZTest.smallestPivot
        else {
            return IndependenceJudgement(isIndependent: false, isDegenerate: true, strength: .infinity)
        }
        var isIndependent = strength < threshold
        if abs(strength - threshold) <= 1e-9 * threshold {
            isIndependent = pValue(strength: strength, conditioningSize: size) > test.alpha
        }
        return IndependenceJudgement(isIndependent: isIndependent, isDegenerate: false, strength: strength)
    }

    func pValue(strength: Double, conditioningSize: Int) -> Double {
        test.pValue(absoluteCorrelation: strength, conditioningSize: conditioningSize)
    }

    @inline(__always)
    private func threshold(conditioningSize size: Int) -> Double {
        while thresholds.count <= size {
            let scale = test.statisticScale(conditioningSize: thresholds.count)
            thresholds.append(scale > 0 ? tanh(test.criticalStatistic / scale) : -1)
        }
        return thresholds[size]
    }

    /// Brings `block` to the state after eliminating `set`; false when a pivot says that `set` is singular.
    @inline(__always)
    private func eliminate(_ set: [Int], from i: Int, _ j: Int) -> Bool {
        set.withUnsafeBufferPointer { set in
            var shared = 0
            while shared < factorDepth, shared < set.count, members[shared] == set[shared] { shared += 1 }
            if pair == (i, j) {
                pairDepth = min(pairDepth, shared)
            } else {
                pair = (i, j)
                pairDepth = 0
                (block[0], block[1], block[2]) = (1, correlation[i * nodeCount + j], 1)
            }
            factorDepth = shared
            while factorDepth < set.count {
                guard appendRow(of: set[factorDepth]) else { return false }
            }
            while pairDepth < set.count { eliminateNext(from: i, j) }
            return true
        }
    }

    /// Adds the factor's row of a further member; false when its pivot is not positive.
    @inline(__always)
    private func appendRow(of node: Int) -> Bool {
        let depth = factorDepth
        let row = factor + depth * stride
        let source = correlation + node * nodeCount
        var pivot = 1.0
        for k in 0..<depth {
            let earlier = factor + k * stride
            var value = source[members[k]]
            for m in 0..<k { value -= row[m] * earlier[m] }
            value *= inverse[k]
            row[k] = value
            pivot -= value * value
        }
        guard pivot >= FisherZTest.smallestPivot else { return false }
        inverse[depth] = 1 / pivot.squareRoot()
        members[depth] = node
        factorDepth = depth + 1
        return true
    }

    /// Eliminates the next member from the block of `i` and `j`.
    @inline(__always)
    private func eliminateNext(from i: Int, _ j: Int) {
        let depth = pairDepth
        let node = members[depth]
        let row = factor + depth * stride
        var (valueI, valueJ) = (correlation[node * nodeCount + i], correlation[node * nodeCount + j])
        for m in 0..<depth {
            valueI -= row[m] * rowI[m]
            valueJ -= row[m] * rowJ[m]
        }
        valueI *= inverse[depth]
        valueJ *= inverse[depth]
        (rowI[depth], rowJ[depth]) = (valueI, valueJ)
        let (old, new) = (block + 3 * depth, block + 3 * (depth + 1))
        new[0] = old[0] - valueI * valueI
        new[1] = old[1] - valueI * valueJ
        new[2] = old[2] - valueJ * valueJ
        pairDepth = depth + 1
    }
}
