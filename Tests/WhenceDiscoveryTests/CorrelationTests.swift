import Testing

@testable import WhenceDiscovery

@Suite("Correlations")
struct CorrelationTests {
    @Test("Correlations of samples give numpy's partial correlations")
    func samples() throws {
        let references = try IndependenceReferences.load().neighbours
        let samples = try SampleTable(names: letters(4), columns: references.columns)
        let test = try FisherZTest(samples)
        #expect(test.samples == 150)
        let evaluator = FisherZEvaluator(test, largestSet: 4)
        var worst = (error: 0.0, place: "")
        for reference in references.cases {
            let strength = evaluator.judge(reference.x, reference.y, given: reference.z).strength
            let error = abs(strength - abs(reference.partialCorrelation))
            if !(error <= worst.error) { worst = (error, "\(reference): observed \(strength)") }
        }
        #expect(worst.error < 1e-11, "\(worst)")
    }

    @Test(
        "Neither a large mean, nor a scale near the ends of the range, costs digits",
        arguments: [(1e9, 1.0), (0, 1e300), (0, 1e-300), (-1e12, 1)])
    func conditioning(mean: Double, scale: Double) throws {
        let base: [Double] = [1, 2, 3, 4, 5, 6, 7, 9]
        let other: [Double] = [2, 1, 4, 3, 7, 5, 8, 8]
        let plain = try CorrelationMatrix(of: SampleTable(names: ["a", "b"], columns: [base, other]))
        let moved = try CorrelationMatrix(
            of: SampleTable(names: ["a", "b"], columns: [base.map { mean + $0 * scale }, other]))
        #expect(abs(plain.elements[1] - moved.elements[1]) < 1e-14, "\(plain.elements) \(moved.elements)")
    }

    @Test("A table of samples is refused by name and place")
    func table() throws {
        func error(_ names: [String], _ columns: [[Double]]) -> DiscoveryError? {
            #expect(throws: DiscoveryError.self) { try SampleTable(names: names, columns: columns) }
        }
        #expect(error(["a", "b"], [[1, 2], [1]]) == .columnLength(name: "b", length: 1, expected: 2))
        #expect(error(["a"], [[0.1, 0.1, 0.1]]) == .constantColumn(name: "a", value: "0.1"))
        #expect(error(["a"], [[1, .infinity]]) == .value(name: "a", row: 1, value: "inf"))
        #expect(error(["a", "a"], [[1, 2], [2, 1]]) != nil)
    }

    @Test("A singular matrix is one of correlations, an indefinite one is not")
    func definiteness() throws {
        let singular = try CorrelationMatrix([1, 1, 0.5, 1, 1, 0.5, 0.5, 0.5, 1], nodeCount: 3)
        #expect(try FisherZTest(singular, samples: 50).evaluate(0, 1, given: [2]).isDegenerate)
        // Rounded to six digits, a singular matrix may have an eigenvalue just below 0.
        let third = 0.333333
        #expect(throws: Never.self) {
            try CorrelationMatrix([1, -0.5, -0.5, -0.5, 1, -0.5, -0.5, -0.5, 1], nodeCount: 3)
        }
        #expect(throws: Never.self) { try CorrelationMatrix([1, third, third, 1], nodeCount: 2) }
        #expect(throws: DiscoveryError.indefinite(row: 2)) {
            try CorrelationMatrix([1, 0.9, 0.9, 0.9, 1, -0.9, 0.9, -0.9, 1], nodeCount: 3)
        }
        #expect(throws: DiscoveryError.indefinite(row: 2)) {
            try CorrelationMatrix([1, -0.51, -0.51, -0.51, 1, -0.51, -0.51, -0.51, 1], nodeCount: 3)
        }
    }

    @Test("Attention gives the correlations of A·Aᵀ")
    func attention() throws {
        let attention: [Double] = [1, 0, 0, 0.5, 0.5, 0, 0.2, 0.3, 0.5]
        let matrix = try CorrelationMatrix(attention: attention, nodeCount: 3)
        for row in 0..<3 {
            for column in 0..<3 {
                func covariance(_ i: Int, _ j: Int) -> Double {
                    (0..<3).reduce(0) { $0 + attention[i * 3 + $1] * attention[j * 3 + $1] }
                }
                let expected =
                    covariance(row, column) / (covariance(row, row) * covariance(column, column)).squareRoot()
                #expect(abs(matrix.elements[row * 3 + column] - expected) < 1e-15)
            }
        }
        let equalRows = try CorrelationMatrix(attention: [0.5, 0.5, 0.5, 0.5], nodeCount: 2)
        #expect(try FisherZTest(equalRows, samples: 64).evaluate(0, 1, given: []).isDegenerate)
    }

    @Test("What is no attention is refused with its row")
    func attentionValidation() throws {
        func error(_ attention: [Double]) -> DiscoveryError? {
            #expect(throws: DiscoveryError.self) { try CorrelationMatrix(attention: attention, nodeCount: 2) }
        }
        #expect(error([1, 0, 0.5, 0.4]) == .rowSum(row: 1, sum: 0.9))
        #expect(error([1.1, -0.1, 0.5, 0.5]) == .attention(row: 0, column: 1, value: -0.1))
        #expect(error([1, 0, .infinity, 0]) == .attention(row: 1, column: 0, value: .infinity))
        #expect(error([1, 0]) == .matrixSize(entries: 2, nodeCount: 2))
        #expect(throws: Never.self) {
            try CorrelationMatrix(attention: [0.9992, 0, 0.5004, 0.5004], nodeCount: 2)
        }
    }
}
