import Testing

@testable import WhenceDiscovery

@Suite("Conservative collider rule")
struct ConservativeRuleTests {
    private var options: DiscoveryOptions {
        var options = DiscoveryOptions()
        options.colliderRule = .conservative
        return options
    }

    /// Independent are the pairs given the sets that are listed, and no others.
    private struct ListedIndependences: IndependenceTest {
        var nodeCount: Int
        var independent: Set<[Int]>
        var maximumConditioningSize: Int? { nil }

        func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
            let found = independent.contains([min(i, j), max(i, j)] + set)
            return IndependenceOutcome(pValue: found ? 0.5 : 0, isIndependent: found)
        }
    }

    @Test("With an oracle the graph is the true one, and nothing is ambiguous", arguments: 0..<40)
    func trueGraphs(seed: Int) throws {
        let withSelection = seed % 2 == 1
        let oracle = try SeparationOracle.random(seed: UInt64(seed), withSelection: withSelection)
        var options = options
        options.selectionBias = withSelection
        let expected = TrueGraph(oracle).partialAncestralGraph(selectionBias: withSelection)
        for algorithm in [FCI(options: options), ICD(options: options)] as [any DiscoveryAlgorithm] {
            let recorder = RecordingTest(test: oracle)
            let result = try algorithm.run(recorder)
            #expect(result.graph == expected)
            #expect(result.ambiguousTriples.isEmpty)
            #expect(result.status == .complete)
            #expect(recorder.repeated.isEmpty && recorder.count == result.testCounts.reduce(0, +))
        }
    }

    @Test("Separating sets that disagree leave a triple unoriented, and it is listed")
    func ambiguousTriple() throws {
        // 3 - 0 - 1 - 2, where 0 and 2 are independent given nothing and given 1.
        let test = ListedIndependences(nodeCount: 3, independent: [[0, 2], [0, 2, 1]])
        #expect(edgeTexts(try FCI().run(test).graph) == ["0 o-> 1", "1 <-o 2"])
        for algorithm in [FCI(options: options), ICD(options: options)] as [any DiscoveryAlgorithm] {
            let result = try algorithm.run(test)
            #expect(edgeTexts(result.graph) == ["0 o-o 1", "1 o-o 2"])
            #expect(result.ambiguousTriples == [AmbiguousTriple(a: 0, b: 1, c: 2)])
        }
    }

    @Test("Sets larger than the limit do not count")
    func sizeLimit() throws {
        let test = ListedIndependences(nodeCount: 3, independent: [[0, 2], [0, 2, 1]])
        var options = options
        options.maximumConditioningSize = 0
        let result = try FCI(options: options).run(test)
        #expect(edgeTexts(result.graph) == ["0 o-> 1", "1 <-o 2"])
        #expect(result.testCounts.count == 1)
    }

    @Test("A limit on tests ends the census, and the status says that no edge hangs on it")
    func testLimit() throws {
        let oracle = try oracle("0>2 1>2 2>3")
        let plain = try FCI().run(oracle)
        let whole = try FCI(options: options).run(oracle)
        #expect(whole.testCounts.reduce(0, +) > plain.testCounts.reduce(0, +))
        var options = options
        options.limits.tests = plain.testCounts.reduce(0, +)
        let result = try FCI(options: options).run(oracle)
        #expect(result.stoppedBy == .tests && result.stoppedIn == .colliders)
        #expect(result.status == .anytime(r: result.testCounts.count))
        #expect(result.graph == plain.graph)
    }

    /// The smallest graph of each rule that judges unshielded triples, and such a triple of it.
    static let triples: [(rule: String, graph: [String], nodes: Int, triple: [Int])] = [
        ("R1", ["0 o-> 1", "1 o-o 2"], 3, [0, 1, 2]),
        ("R3", ["0 o-> 1", "1 <-o 2", "0 o-o 3", "2 o-o 3", "1 o-o 3"], 4, [0, 3, 2]),
        ("R5", ["0 o-o 1", "1 o-o 2", "2 o-o 3", "0 o-o 3"], 4, [1, 2, 3]),
        ("R5", ["0 o-o 1", "1 o-o 2", "2 o-o 3", "0 o-o 3"], 4, [0, 1, 2]),
        ("R7", ["0 --o 1", "1 o-o 2"], 3, [0, 1, 2]),
        ("R9", ["0 o-> 3", "0 o-o 1", "1 o-o 2", "2 --> 3"], 4, [0, 1, 2]),
        ("R9", ["0 o-> 3", "0 o-o 1", "1 o-o 2", "2 --> 3"], 4, [1, 2, 3]),
        ("R9", ["0 o-> 3", "0 o-o 1", "1 o-o 2", "2 --> 3"], 4, [1, 0, 3]),
        ("R10", ["0 o-> 3", "0 o-o 1", "0 o-o 2", "1 --> 3", "2 --> 3"], 4, [1, 0, 2]),
    ]

    @Test("No rule uses an ambiguous triple", arguments: triples.indices)
    func rules(index: Int) throws {
        let (rule, edges, nodes, triple) = Self.triples[index]
        for isAmbiguous in [false, true] {
            var table = SeparatorTable(nodeCount: nodes)
            let (a, b, c) = (min(triple[0], triple[2]), triple[1], max(triple[0], triple[2]))
            table.record(SeparatingSet(a: a, b: c, set: [b], pValue: 1), disputed: isAmbiguous ? [b] : [])
            for schedule in [OrientationOrder.sweeps, .rounds] {
                var orientation = Orientation(
                    graph: try graph(nodes, texts: edges), separators: table, schedule: schedule)
                let hasChanged = try apply(rule, &orientation)
                #expect(hasChanged == !isAmbiguous)
            }
        }
    }

    private func apply(_ rule: String, _ orientation: inout Orientation) throws -> Bool {
        var paths = UncoveredPaths(orientation.graph, ambiguity: orientation.ambiguity)
        return switch try #require(OrientationRule(rawValue: rule)) {
        case .rule1: orientation.applyRule1()
        case .rule3: orientation.applyRule3()
        case .rule5: orientation.applyRule5()
        case .rule7: orientation.applyRule7()
        case .rule9: orientation.applyRule9(&paths)
        default: orientation.applyRule10(&paths)
        }
    }

    @Test("R0 and R4 leave alone what separating sets disagree about")
    func separatorRules() throws {
        var table = SeparatorTable(nodeCount: 4)
        table.record(SeparatingSet(a: 0, b: 3, set: [1], pValue: 1), disputed: [2])
        var path = Orientation(
            graph: try graph(4, "0 o-> 1", "1 <-o 2", "1 --> 3", "2 o-o 3"), separators: table)
        let hasChanged = path.applyRule4()
        #expect(!hasChanged)
        var triples = Orientation(
            graph: try graph(4, "0 o-o 1", "1 o-o 3", "0 o-o 2", "2 o-o 3"), separators: table)
        triples.applyRule0()
        #expect(triples.graph.edges.allSatisfy { $0.marks == "o-o" })
    }
}
