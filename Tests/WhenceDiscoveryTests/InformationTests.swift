import Testing

@testable import WhenceDiscovery

@Suite("Conditional mutual information")
struct InformationTests {
    private let references: IndependenceReferences

    init() throws { references = try IndependenceReferences.load() }

    /// A chain a → b → c of categories with a fourth variable apart.
    private func chain(_ count: Int, seed: UInt64) -> [[Int]] {
        var generator = SplitMix64(seed: seed)
        let a = (0..<count).map { _ in Int.random(in: 0..<3, using: &generator) }
        func noisy(_ column: [Int]) -> [Int] {
            column.map {
                Int.random(in: 0..<10, using: &generator) < 6 ? $0 : Int.random(in: 0..<3, using: &generator)
            }
        }
        let b = noisy(a)
        let c = noisy(b)
        return [a, b, c, (0..<count).map { _ in Int.random(in: 0..<3, using: &generator) }]
    }

    @Test("The plug-in estimate is that of its definition")
    func plugIn() throws {
        let table = try CategoryTable(names: letters(5), columns: references.contingency.columns)
        let test = try CategoricalInformationTest(table)
        var worst = (error: 0.0, place: "")
        for reference in references.contingency.cases {
            let value = test.information(reference.y, reference.x, given: reference.z)
            let error = abs(value - reference.information)
            if !(error <= worst.error) { worst = (error, "\(reference): observed \(value)") }
        }
        #expect(worst.error < 1e-12, "\(worst)")
    }

    @Test("The nearest-neighbour estimate is that of tigramite, whichever of the two comes first")
    func nearestNeighbours() throws {
        let samples = try SampleTable(names: letters(4), columns: references.neighbours.columns)
        let tests = try [3, 30].map { try NearestNeighbourInformationTest(samples, neighbour: $0) }
        var worst = (error: 0.0, place: "")
        for reference in references.neighbours.cases {
            let test = try #require(tests.first { $0.neighbour == reference.k })
            for (x, y) in [(reference.x, reference.y), (reference.y, reference.x)] {
                let value = test.information(x, y, given: reference.z)
                let error = abs(value - reference.information)
                if !(error <= worst.error) { worst = (error, "\(reference): observed \(value)") }
            }
        }
        #expect(worst.error < 1e-12, "\(worst)")
        #expect(references.neighbours.cases.count == 48)
    }

    @Test("Permuting categories within strata finds what is dependent and what is not")
    func categories() throws {
        let table = try CategoryTable(names: letters(4), columns: chain(400, seed: 2))
        let test = try CategoricalInformationTest(table)
        #expect(test.evaluate(0, 2, given: []) == IndependenceOutcome(pValue: 1 / 500, isIndependent: false))
        #expect(
            test.evaluate(0, 1, given: [2, 3]) == IndependenceOutcome(pValue: 1 / 500, isIndependent: false))
        #expect(test.evaluate(0, 2, given: [1]).isIndependent)
        #expect(test.evaluate(0, 3, given: [1, 2]).isIndependent)
        let result = try FCI().run(test)
        #expect(result.graph.edges.map { [$0.a, $0.b] } == [[0, 1], [1, 2]])
    }

    @Test("Under independence, p-values are at most alpha about as often as alpha says")
    func level() throws {
        var (rejected, rejectedByNeighbours) = (0, 0)
        let runs = 200
        for run in 0..<runs {
            let columns = chain(40, seed: UInt64(run))
            let test = try CategoricalInformationTest(
                CategoryTable(names: letters(4), columns: columns), alpha: 0.1,
                permutation: PermutationTest(permutations: 49))
            if !test.evaluate(0, 2, given: [1]).isIndependent { rejected += 1 }
            var generator = SplitMix64(seed: UInt64(run) + 1_000)
            let noise = (0..<3).map { _ in (0..<16).map { _ in Double.random(in: 0..<1, using: &generator) } }
            let numeric = try NearestNeighbourInformationTest(
                SampleTable(names: letters(3), columns: noise), alpha: 0.1,
                permutation: PermutationTest(permutations: 19))
            if !numeric.evaluate(0, 1, given: []).isIndependent { rejectedByNeighbours += 1 }
        }
        // 20 are expected, with a standard deviation of 4.2.
        #expect((6...38).contains(rejected), "\(rejected) of \(runs)")
        #expect((6...38).contains(rejectedByNeighbours), "\(rejectedByNeighbours) of \(runs)")
    }

    @Test("Nearest neighbours find a dependence without correlation, and what takes it away")
    func numbers() throws {
        var generator = SplitMix64(seed: 5)
        let a = (0..<100).map { _ in Double.random(in: -1...1, using: &generator) }
        let b = a.map { $0 * $0 + Double.random(in: -0.2...0.2, using: &generator) }
        let c = b.map { ($0 - 0.3).magnitude + Double.random(in: -0.1...0.1, using: &generator) }
        let samples = try SampleTable(names: letters(3), columns: [a, b, c])
        let test = try NearestNeighbourInformationTest(
            samples, neighbour: 10, permutation: PermutationTest(permutations: 99))
        #expect(try FisherZTest(samples).evaluate(0, 1, given: []).isIndependent)
        #expect(!test.evaluate(0, 1, given: []).isIndependent)
        #expect(!test.evaluate(0, 1, given: [2]).isIndependent)
        #expect(test.evaluate(0, 2, given: [1]).isIndependent)
    }

    @Test(
        "An answer depends on the data, the seed and the question alone: not on the columns' order, nor on what was asked before"
    )
    func determinism() throws {
        let columns = chain(32, seed: 9)
        let order = [2, 0, 3, 1]
        func outcomes(_ columns: [[Int]], _ place: (Int) -> Int, seed: UInt64) throws -> [IndependenceOutcome]
        {
            let permutation = PermutationTest(permutations: 99, seed: seed)
            let categories = try CategoricalInformationTest(
                CategoryTable(names: letters(4), columns: columns), permutation: permutation)
            let numbers = try NearestNeighbourInformationTest(
                SampleTable(names: letters(4), columns: columns.map { $0.map(Double.init) }),
                permutation: permutation)
            var outcomes: [IndependenceOutcome] = []
            for (x, y, z) in [(0, 1, [2]), (0, 2, []), (0, 2, [1, 3]), (1, 3, [0, 2])] {
                let set = z.map(place).sorted()
                outcomes.append(categories.evaluate(place(x), place(y), given: set))
                outcomes.append(categories.evaluate(place(y), place(x), given: set))
                outcomes.append(numbers.evaluate(place(x), place(y), given: set))
                outcomes.append(numbers.evaluate(place(y), place(x), given: set))
            }
            return outcomes
        }
        let first = try outcomes(columns, { $0 }, seed: 1)
        #expect(try outcomes(columns, { $0 }, seed: 1) == first)
        #expect(
            try outcomes(
                order.map { columns[$0] }, { variable in order.firstIndex(of: variable) ?? -1 }, seed: 1)
                == first)
        #expect(try outcomes(columns, { $0 }, seed: 2) != first)
        #expect(zip(first, first.dropFirst()).enumerated().allSatisfy { $0 % 2 == 1 || $1.0 == $1.1 })
    }

    @Test("Where no permutation changes anything the test is degenerate")
    func degenerate() throws {
        let table = try CategoryTable(
            names: letters(3), columns: [[0, 1, 0, 1], [0, 0, 1, 1], [0, 1, 2, 3]])
        let test = try CategoricalInformationTest(table)
        #expect(test.evaluate(0, 1, given: [2]).isDegenerate)
        #expect(!test.evaluate(0, 1, given: []).isDegenerate)
    }

    @Test("Settings out of range are refused")
    func validation() throws {
        let table = try CategoryTable(names: letters(2), columns: [[0, 1], [1, 0]])
        for permutations in [0, -1, 98, .max] {
            #expect(throws: DiscoveryError.self) {
                try CategoricalInformationTest(
                    table, permutation: PermutationTest(permutations: permutations))
            }
        }
        let samples = try SampleTable(names: ["a"], columns: [[1, 2, 3, 4, 5, 6, 7, 8]])
        for neighbour in [0, 8] {
            #expect(throws: DiscoveryError.self) {
                try NearestNeighbourInformationTest(samples, neighbour: neighbour)
            }
        }
        #expect(throws: DiscoveryError.self) {
            try NearestNeighbourInformationTest(samples, shuffleNeighbours: 1)
        }
        let few = try SampleTable(names: ["a"], columns: [[1, 2, 3]])
        #expect(throws: DiscoveryError.self) { try NearestNeighbourInformationTest(few) }
    }
}
