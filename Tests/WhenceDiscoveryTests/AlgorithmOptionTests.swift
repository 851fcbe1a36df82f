import Testing

@testable import WhenceDiscovery

@Suite("Options of every algorithm")
struct AlgorithmOptionTests {
    @Test(
        "Perfect answers leave nothing for the conservative rule",
        arguments: InterruptionTests.algorithms.indices)
    func conservative(algorithm: Int) throws {
        for seed in 300..<320 {
            let oracle = try SeparationOracle.random(seed: UInt64(seed), withSelection: false)
            // PC and a reversed order are for graphs of their own kind.
            let search = InterruptionTests.algorithms[algorithm]
            guard
                search(DiscoveryOptions()) is FCI || search(DiscoveryOptions()) is ICD
                    || search(DiscoveryOptions()) is RFCI
            else { continue }
            var options = DiscoveryOptions()
            options.colliderRule = .conservative
            let result = try search(options).run(oracle)
            #expect(result.graph == (try search(DiscoveryOptions()).run(oracle).graph), "seed \(seed)")
            #expect(result.ambiguousTriples.isEmpty)
        }
    }

    @Test("A required edge survives every stage", arguments: InterruptionTests.algorithms.indices)
    func requiredEdge(algorithm: Int) throws {
        let oracle = try oracle("2>0 2>1 1>3 0>3")
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(
            nodeCount: 4, required: [BackgroundKnowledge.DirectedEdge(1, 0)])
        let search = InterruptionTests.algorithms[algorithm](options)
        let plain = try InterruptionTests.algorithms[algorithm](DiscoveryOptions()).run(oracle)
        #expect(!plain.graph.isAdjacent(0, 1))
        #expect(edgeTexts(try search.run(oracle).graph).contains("0 <-- 1"))
    }

    @Test("PC directs what knowledge forbids, and what follows, and says by what")
    func pcKnowledge() throws {
        let oracle = try oracle("0>1 1>2")
        #expect(edgeTexts(try PC().run(oracle).graph) == ["0 --- 1", "1 --- 2"])
        var options = DiscoveryOptions()
        options.knowledge = try BackgroundKnowledge(
            nodeCount: 3, forbidden: [BackgroundKnowledge.DirectedEdge(1, 0)])
        let result = try PC(options: options).run(oracle)
        #expect(edgeTexts(result.graph) == ["0 --> 1", "1 --> 2"])
        #expect(
            result.markOrigins == [
                EdgeOrigins(atA: .knowledge, atB: .knowledge), EdgeOrigins(atA: nil, atB: .rule(.meek1)),
            ])
    }

    @Test("With the most probable sets no mark depends on the order of the nodes", arguments: 0..<3)
    func marks(batch: Int) throws {
        var options = DiscoveryOptions()
        options.separatingSetRule = .maximumPValue
        let algorithms: [any DiscoveryAlgorithm] = [
            PC(options: options), RFCI(options: options), FCI(options: options), ICD(options: options),
        ]
        for seed in batch * 15..<batch * 15 + 15 {
            var generator = SplitMix64(seed: UInt64(1_000 + seed))
            let data = SampleCorrelations(&generator)
            let order = Array(0..<data.nodeCount).shuffled(using: &generator)
            for algorithm in algorithms {
                let plain = try algorithm.run(data.test()).graph
                let permuted = try algorithm.run(data.test(order: order)).graph
                #expect(try permuted.relabelled(order) == plain, "\(type(of: algorithm)), seed \(seed)")
            }
        }
    }
}
