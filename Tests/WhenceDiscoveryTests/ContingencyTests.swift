import Testing

@testable import WhenceDiscovery

@Suite("G² and χ² tests")
struct ContingencyTests {
    private let references: IndependenceReferences
    private let table: CategoryTable

    init() throws {
        references = try IndependenceReferences.load()
        table = try CategoryTable(names: letters(5), columns: references.contingency.columns)
    }

    @Test("The upper tail of the χ² distribution has twelve right digits, down to 1e-300")
    func tail() {
        var worst = (error: 0.0, place: "")
        for reference in references.chiSquaredTail {
            let p = ChiSquaredDistribution.upperTail(
                reference.statistic, degreesOfFreedom: reference.degrees)
            let error = abs(p - reference.p) / reference.p
            if !(error <= worst.error) {
                worst = (
                    error,
                    "\(reference.degrees) degrees at \(reference.statistic): expected \(reference.p), observed \(p)"
                )
            }
        }
        #expect(worst.error < 1e-12, "\(worst)")
        #expect(references.chiSquaredTail.count > 70)
        #expect(ChiSquaredDistribution.upperTail(0, degreesOfFreedom: 3) == 1)
        #expect(ChiSquaredDistribution.upperTail(1e9, degreesOfFreedom: 3) == 0)
        #expect(ChiSquaredDistribution.upperTail(.infinity, degreesOfFreedom: 3) == 0)
    }

    @Test("p-values are those of causal-learn", arguments: ContingencyTest.Statistic.allCases)
    func agreement(statistic: ContingencyTest.Statistic) throws {
        let test = try ContingencyTest(table, statistic: statistic, samplesPerDegreeOfFreedom: 1)
        let evaluator = ContingencyEvaluator(test)
        var worst = (error: 0.0, place: "")
        for reference in references.contingency.cases {
            let expected = statistic == .gSquared ? reference.g2 : reference.chi2
            for (x, y) in [(reference.x, reference.y), (reference.y, reference.x)] {
                let outcome = evaluator.outcome(x, y, given: reference.z)
                #expect(!outcome.isDegenerate && outcome == test.evaluate(x, y, given: reference.z))
                #expect(outcome.isIndependent == (outcome.pValue > 0.01))
                let error = abs(outcome.pValue - expected)
                if !(error <= worst.error) {
                    worst = (error, "\(reference): observed \(outcome.pValue)")
                }
            }
        }
        #expect(worst.error < 1e-9, "\(worst)")
    }

    @Test("Other names of the categories, another order of samples or of columns change no p-value")
    func symmetry() throws {
        let order = [3, 0, 4, 2, 1]
        let columns = order.map { variable in
            references.contingency.columns[variable].reversed().map { "category \(9 - $0)" }
        }
        let other = try CategoryTable(names: letters(5), columns: columns)
        let (test, permuted) = (try ContingencyTest(table), try ContingencyTest(other))
        for reference in references.contingency.cases {
            let places = [reference.x, reference.y].map { variable in order.firstIndex(of: variable) ?? -1 }
            let set = reference.z.map { variable in order.firstIndex(of: variable) ?? -1 }.sorted()
            let one = test.evaluate(reference.x, reference.y, given: reference.z)
            let two = permuted.evaluate(places[0], places[1], given: set)
            #expect(abs(one.pValue - two.pValue) <= 1e-12 && one.isDegenerate == two.isDegenerate)
        }
    }

    @Test("Too few samples for the degrees of freedom make a test degenerate, and bound the conditioning set")
    func sparse() throws {
        // 600 samples; a has 2 categories, b and d 3, c 4: a and b given c and d need 2·12 degrees of freedom.
        let enough = try ContingencyTest(table, samplesPerDegreeOfFreedom: 25)
        #expect(!enough.evaluate(0, 1, given: [2, 3]).isDegenerate)
        let few = try ContingencyTest(table, samplesPerDegreeOfFreedom: 25.1)
        #expect(
            few.evaluate(0, 1, given: [2, 3])
                == IndependenceOutcome(pValue: 0, isIndependent: false, isDegenerate: true))
        for factor in [1, 5, 20, 40, 90, 140, 250, 700] {
            let test = try ContingencyTest(table, samplesPerDegreeOfFreedom: Double(factor))
            let bound = try #require(test.maximumConditioningSize)
            for reference in references.contingency.cases where reference.z.count > bound {
                #expect(test.evaluate(reference.x, reference.y, given: reference.z).isDegenerate)
            }
        }
        #expect(try ContingencyTest(table, samplesPerDegreeOfFreedom: 700).maximumConditioningSize == 0)
        #expect(try ContingencyTest(table, samplesPerDegreeOfFreedom: 1).maximumConditioningSize == 3)
    }

    @Test(
        "A variable that its conditioning set determines leaves no degree of freedom: degenerate, never independent"
    )
    func determined() throws {
        let columns = [
            (0..<40).map { $0 % 2 }, (0..<40).map { $0 % 2 }, (0..<40).map { $0 % 10 == 0 ? 1 : $0 % 2 },
        ]
        let test = try ContingencyTest(CategoryTable(names: letters(3), columns: columns))
        let outcome = test.evaluate(0, 2, given: [1])
        #expect(outcome == IndependenceOutcome(pValue: 0, isIndependent: false, isDegenerate: true))
        #expect(!test.evaluate(0, 1, given: []).isIndependent)
        #expect(!test.evaluate(0, 2, given: []).isDegenerate)
        let result = try FCI().run(test)
        #expect(result.degenerateTestCount > 0 && result.graph.edges.count == 3)
    }

    @Test("What is no table of samples is refused by name")
    func validation() throws {
        func error(_ names: [String], _ columns: [[Int]]) -> DiscoveryError? {
            #expect(throws: DiscoveryError.self) { try CategoryTable(names: names, columns: columns) }
        }
        #expect(error(["a", "b"], [[1, 2], [1]]) == .columnLength(name: "b", length: 1, expected: 2))
        #expect(error(["a"], [[7, 7]]) == .constantColumn(name: "a", value: "7"))
        #expect(error(["a"], [[]]) == .constantColumn(name: "a", value: nil))
        #expect(error(["a", "a"], [[1, 2], [1, 2]])?.description.contains("\u{201C}a\u{201D}") == true)
        #expect(error(["a", ""], [[1, 2], [1, 2]])?.description.contains("column 2") == true)
        #expect(error(["a"], [[1, 2], [1, 2]]) != nil)
        #expect(throws: DiscoveryError.self) { try ContingencyTest(table, samplesPerDegreeOfFreedom: 0.5) }
        #expect(throws: DiscoveryError.self) { try ContingencyTest(table, samplesPerDegreeOfFreedom: .nan) }
        #expect(throws: DiscoveryError.alpha(1)) { try ContingencyTest(table, alpha: 1) }
    }
}
