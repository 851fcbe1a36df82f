import Testing

@testable import WhenceDiscovery

@Suite("Simulation")
struct SimulationTests {
    @Test("The generator's numbers are the published ones")
    func generator() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test(
        "Random graphs have the nodes and about the degree asked for",
        arguments: RandomDAG.HiddenPlacement.allCases)
    func degrees(placement: RandomDAG.HiddenPlacement) throws {
        var generator = SplitMix64(seed: 11)
        let shape = RandomDAG(
            observedCount: 40, latentCount: 6, selectionCount: 4, expectedDegree: 3, placement: placement)
        var links = 0
        for _ in 0..<50 {
            let graph = try shape.graph(using: &generator)
            #expect(graph.observed == Array(0..<40) && graph.latents == Array(40..<46))
            #expect(graph.selection == Array(46..<50))
            let places = Dictionary(uniqueKeysWithValues: graph.causalOrder.enumerated().map { ($1, $0) })
            for link in graph.links {
                #expect(try #require(places[link.parent]) < #require(places[link.child]))
                if placement == .pairs {
                    #expect(!graph.latents.contains(link.child) && !graph.selection.contains(link.parent))
                }
            }
            links += graph.links.count - (placement == .pairs ? 20 : 0)
        }
        let degree = 2 * Double(links) / 50 / (placement == .pairs ? 40 : 50)
        #expect(abs(degree - 3) < 0.25, "\(degree)")
    }

    @Test("The same seed gives the same graph and data")
    func seeds() throws {
        func draw() throws -> (CausalDAG, [Double]) {
            var generator = SplitMix64(seed: 3)
            let graph = try RandomDAG(observedCount: 6, latentCount: 1, selectionCount: 1).graph(
                using: &generator)
            let model = try LinearGaussianModel(randomOver: graph, using: &generator)
            return (graph, try model.samples(20, using: &generator))
        }
        let (first, second) = (try draw(), try draw())
        #expect(first.0 == second.0 && first.1 == second.1)
    }

    @Test("Exact correlations vanish, given a set, exactly where the graph separates", arguments: 0..<5)
    func independences(batch: UInt64) throws {
        for seed in batch * 8..<batch * 8 + 8 {
            let graph = try CausalDAG(seed: seed, observed: 4...5)
            var generator = SplitMix64(seed: seed)
            let model = try LinearGaussianModel(randomOver: graph, using: &generator)
            let n = graph.observed.count
            // So many samples that a dependence of 1e-4 counts, and rounding does not.
            let test = try FisherZTest(
                correlation: model.correlation(), nodeCount: n, samples: 1_000_000_000, alpha: 0.01)
            let oracle = try SeparationOracle(graph)
            for i in 0..<n {
                for j in i + 1..<n {
                    for mask in 0..<1 << n where mask & (1 << i | 1 << j) == 0 {
                        let set = (0..<n).filter { mask >> $0 & 1 == 1 }
                        #expect(
                            test.evaluate(i, j, given: set).isIndependent
                                == oracle.evaluate(i, j, given: set).isIndependent,
                            "seed \(seed): \(i) and \(j) given \(set)")
                    }
                }
            }
        }
    }

    @Test("Samples have the model's covariance, selection included")
    func sampleCovariance() throws {
        let graph = try CausalDAG(
            nodeCount: 5, links: [.init(0, 1), .init(4, 1), .init(4, 2), .init(0, 3), .init(2, 3)],
            latents: [4], selection: [3])
        let model = try LinearGaussianModel(
            graph: graph, weights: [1, 0.8, -1, 0.7, 1.2], noiseVariances: [1, 0.5, 1.5, 1, 2])
        var generator = SplitMix64(seed: 2)
        let (count, n) = (40_000, 3)
        let samples = try model.samples(count, using: &generator)
        let expected = model.covariance()
        var worst = (error: 0.0, place: "")
        for row in 0..<n {
            for column in 0..<n {
                let sum = (0..<count).reduce(0.0) { $0 + samples[$1 * n + row] * samples[$1 * n + column] }
                let error = abs(sum / Double(count) - expected[row * n + column])
                if error > worst.error { worst = (error, "(\(row), \(column))") }
            }
        }
        // Five standard errors of the largest entry.
        #expect(worst.error < 5 * 2 * 2.0.squareRoot() / 200, "\(worst)")
    }

    @Test("Discrete samples follow their tables and are selected")
    func discrete() throws {
        let graph = try CausalDAG(nodeCount: 3, links: [.init(0, 1), .init(1, 2)], selection: [2])
        let model = try DiscreteModel(
            graph: graph, levelCounts: [2, 3, 2],
            tables: [[0.25, 0.75], [0.5, 0.25, 0.25, 0.125, 0.125, 0.75], [1, 0, 0.5, 0.5, 0, 1]])
        var generator = SplitMix64(seed: 9)
        let count = 20_000
        let samples = try model.samples(count, using: &generator)
        var frequencies = [Double](repeating: 0, count: 6)
        for sample in 0..<count {
            frequencies[samples[2 * sample] * 3 + samples[2 * sample + 1]] += 1 / Double(count)
        }
        // P(0)·P(1|0)·P(selected|1), over its sum 0.296875.
        let expected = [0.125, 0.03125, 0, 0.09375, 0.046875, 0].map { $0 / 0.296875 }
        for (place, pair) in zip(frequencies, expected).enumerated() {
            #expect(abs(pair.0 - pair.1) < 0.015, "level pair \(place): \(pair)")
        }
        #expect(throws: DiscoveryError.self) { try model.samples(10, maximumAttempts: 5, using: &generator) }
    }

    @Test("Models of the wrong size or range are refused")
    func errors() throws {
        var generator = SplitMix64(seed: 1)
        let graph = try CausalDAG(nodeCount: 2, links: [.init(0, 1)])
        #expect(throws: DiscoveryError.self) { try RandomDAG(observedCount: -1).graph(using: &generator) }
        #expect(throws: DiscoveryError.self) {
            try RandomDAG(observedCount: 3, expectedDegree: .nan).graph(using: &generator)
        }
        #expect(throws: DiscoveryError.self) {
            try LinearGaussianModel(graph: graph, weights: [], noiseVariances: [1, 1])
        }
        #expect(throws: DiscoveryError.self) {
            try LinearGaussianModel(graph: graph, weights: [1], noiseVariances: [1, 0])
        }
        #expect(throws: DiscoveryError.self) {
            try DiscreteModel(graph: graph, levelCounts: [2, 2], tables: [[0.5, 0.5], [1, 0, 0.5, 0.4]])
        }
        #expect(throws: DiscoveryError.self) {
            try DiscreteModel(randomOver: graph, levelCounts: [2, 0], using: &generator)
        }
        #expect(throws: DiscoveryError.cycle(through: 0)) {
            try CausalDAG(nodeCount: 2, links: [.init(0, 1), .init(1, 0)])
        }
    }
}
