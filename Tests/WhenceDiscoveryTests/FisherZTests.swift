import Testing

@testable import WhenceDiscovery

@Suite("Fisher's z test")
struct FisherZTests {
    /// Correlations of random linear combinations, well away from singular.
    private func randomCorrelation(_ n: Int, seed: UInt64) -> [Double] {
        var generator = SplitMix64(seed: seed)
        let mixing = (0..<n).map { row in
            (0..<n).map { $0 == row ? 2.0 : Double.random(in: -1...1, using: &generator) }
        }
        let covariance = mixing.map { row in mixing.map { zip(row, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
        return (0..<n * n).map { place in
            let (i, j) = (place / n, place % n)
            return covariance[i][j] / (covariance[i][i] * covariance[j][j]).squareRoot()
        }
    }

    /// Partial correlation by the recursion that defines it.
    private func partial(_ r: [Double], _ n: Int, _ i: Int, _ j: Int, _ set: ArraySlice<Int>) -> Double {
        guard let z = set.last else { return r[i * n + j] }
        let rest = set.dropLast()
        let (ij, iz, jz) = (partial(r, n, i, j, rest), partial(r, n, i, z, rest), partial(r, n, j, z, rest))
        return (ij - iz * jz) / ((1 - iz * iz) * (1 - jz * jz)).squareRoot()
    }

    @Test(
        "Partial correlations and decisions are those of the recursive definition, in any order of questions")
    func agreesWithDefinition() throws {
        let n = 9
        let matrix = randomCorrelation(n, seed: 3)
        let test = try FisherZTest(correlation: matrix, nodeCount: n, samples: 100, alpha: 0.05)
        let evaluator = FisherZEvaluator(test, largestSet: n)
        var generator = SplitMix64(seed: 4)
        var worst = (error: 0.0, question: "")
        for _ in 0..<2_000 {
            let nodes = Array(0..<n).shuffled(using: &generator)
            let size = Int.random(in: 0...6, using: &generator)
            let (i, j, set) = (nodes[0], nodes[1], nodes[2..<2 + size].sorted())
            let judgement = evaluator.judge(i, j, given: set)
            let expected = abs(partial(matrix, n, i, j, set[...]))
            let error = abs(judgement.strength - expected)
            if error > worst.error { worst = (error, "\(i) and \(j) given \(set), expected \(expected)") }
            let outcome = test.evaluate(j, i, given: set)
            #expect(outcome.isIndependent == judgement.isIndependent)
            #expect(outcome.isIndependent == (outcome.pValue > 0.05))
            #expect(outcome.pValue == evaluator.pValue(strength: judgement.strength, conditioningSize: size))
        }
        #expect(worst.error < 1e-12, "\(worst.question)")
    }

    @Test("p-values are those of the normal distribution")
    func knownPValues() throws {
        // 2 (1 − Φ(√97 · atanh 0.2))
        let test = try FisherZTest(
            correlation: [1, 0.2, 0.2, 0.2, 1, 0.2, 0.2, 0.2, 1], nodeCount: 3, samples: 100, alpha: 0.05)
        let marginal = test.evaluate(0, 1, given: [])
        #expect(
            abs(marginal.pValue - 0.04585951080137) < 1e-12 && !marginal.isIndependent, "\(marginal.pValue)")
        // ρ = (0.2 − 0.04) / 0.96 = 1/6
        let partial = test.evaluate(0, 1, given: [2])
        #expect(abs(partial.pValue - 0.09927664838902) < 1e-12 && partial.isIndependent, "\(partial.pValue)")
    }

    @Test("Equal rows are dependent, counted, and never not-a-number")
    func degenerate() throws {
        // Variables 0 and 1 are the same; 2 depends on both; 3 is apart.
        let matrix: [Double] = [
            1, 1, 0.5, 0, 1, 1, 0.5, 0, 0.5, 0.5, 1, 0, 0, 0, 0, 1,
        ]
        let test = try FisherZTest(correlation: matrix, nodeCount: 4, samples: 100)
        for set in [[], [2], [3], [2, 3]] {
            let outcome = test.evaluate(0, 1, given: set)
            #expect(outcome == IndependenceOutcome(pValue: 0, isIndependent: false, isDegenerate: true))
        }
        #expect(test.evaluate(2, 3, given: [0, 1]).isDegenerate)
        #expect(test.evaluate(0, 2, given: [1]).isDegenerate)
        #expect(!test.evaluate(0, 2, given: [3]).isDegenerate)
        for result in [try FCI().run(test), try ICD().run(test)] {
            #expect(result.graph.isAdjacent(0, 1))
            #expect(!result.graph.isAdjacent(0, 3))
            #expect(result.degenerateTestCount > 0)
            #expect(
                result.edgePValues.allSatisfy { $0.isFinite }
                    && result.separatingSets.allSatisfy { $0.pValue > 0 })
        }
    }

    @Test(
        "Opposite and nearly equal rows are degenerate too",
        arguments: [-1, -1 + 1e-13, 1 - 1e-13, 1 - 1e-11])
    func nearlyDegenerate(correlation: Double) throws {
        let test = try FisherZTest(correlation: [1, correlation, correlation, 1], nodeCount: 2, samples: 50)
        #expect(test.evaluate(0, 1, given: []).isDegenerate)
    }

    @Test("Without a degree of freedom left, a test is dependent")
    func degreesOfFreedom() throws {
        let matrix = randomCorrelation(6, seed: 1)
        let test = try FisherZTest(correlation: matrix, nodeCount: 6, samples: 6)
        #expect(test.maximumConditioningSize == 2)
        #expect(test.evaluate(0, 1, given: [2, 3]).pValue > 0)
        #expect(
            test.evaluate(0, 1, given: [2, 3, 4]) == IndependenceOutcome(pValue: 0, isIndependent: false))
    }

    @Test("What is no correlation matrix is refused by name and place")
    func validation() throws {
        func error(_ matrix: [Double], _ n: Int = 2, samples: Int = 10, alpha: Double = 0.01)
            -> DiscoveryError?
        {
            #expect(throws: DiscoveryError.self) {
                try FisherZTest(correlation: matrix, nodeCount: n, samples: samples, alpha: alpha)
            }
        }
        #expect(error([1, 0, 0]) == .matrixSize(entries: 3, nodeCount: 2))
        #expect(error([1, 0.5, 0.4, 1]) == .notSymmetric(row: 0, column: 1, value: 0.5, mirrored: 0.4))
        #expect(error([1, .nan, 0, 1]) == .notFinite(row: 0, column: 1))
        #expect(error([1, 0, .infinity, 1]) == .notFinite(row: 0, column: 1))
        #expect(error([4, 0, 0, 1]) == .diagonal(row: 0, value: 4))
        #expect(error([1, 0, 0, 0]) == .diagonal(row: 1, value: 0))
        #expect(error([1, 1.5, 1.5, 1]) == .outOfRange(row: 0, column: 1, value: 1.5))
        #expect(error([1, 0, 0, 1], samples: 3) == .samples(3))
        #expect(error([1, 0, 0, 1], alpha: 0) == .alpha(0))
        #expect(error([1, 0, 0, 1], alpha: .nan) != nil)
        #expect("\(DiscoveryError.samples(3))".contains("3 samples"))
    }
}
