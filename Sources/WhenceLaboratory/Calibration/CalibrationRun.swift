internal import WhenceDiscovery
internal import WhenceExplanation

/// Counts of a method's graphs, and of what they have to be better than.
struct CalibrationTallies {
    /// On the trained transformer.
    var found: CalibrationTally
    /// Of random graphs of the same density.
    var random: CalibrationTally
    /// On the transformer before training.
    var untrained: CalibrationTally
}

/// All methods on the attention of one transformer.
struct CalibrationRun {
    /// What each method has counted so far, always in the same order.
    private(set) var tallies: [(key: CalibrationKey, tallies: CalibrationTallies)]

    private let truth: CalibrationTruth
    private let options: DiscoveryOptions
    private let alpha: Double
    private var generator: SplitMix64

    init(
        settings: CalibrationSettings, family: CalibrationFamily, truth: CalibrationTruth,
        shape: DisentangledShape, seed: Int
    ) {
        self.truth = truth
        alpha = settings.alpha
        var options = DiscoveryOptions()
        options.limits.tests = settings.testLimit
        self.options = options
        generator = SplitMix64(seed: UInt64(seed))
        tallies = []
        for layer in Set([0, shape.heads.count - 1]).sorted() {
            let heads: [Int?] = (1...shape.heads[layer]).map { $0 } + (shape.heads[layer] > 1 ? [nil] : [])
            for head in heads {
                for method in CalibrationMethod.allCases {
                    for reading in method.readings {
                        let samples = settings.samples ?? max(4, shape.width(enteringLayer: layer))
                        let key = CalibrationKey(
                            family: family, layer: layer + 1, head: head, method: method, reading: reading)
                        let tally = CalibrationTally(
                            seed: seed, samples: method.isInterpreter ? samples : nil)
                        tallies.append(
                            (key, CalibrationTallies(found: tally, random: tally, untrained: tally)))
                    }
                }
            }
        }
    }

    /// Adds the graphs of one sequence.
    ///
    /// - Parameter attention: `[layers][heads][tokens][tokens]`.
    mutating func add(_ attention: [[[[Float]]]]) throws {
        for index in tallies.indices {
            let key = tallies[index].key
            let truth = truth.graph(for: key.method)
            let graph = try interpret(attention, key, truth, &tallies[index].tallies.found)
            try tallies[index].tallies.random.add(scattered(graph), truth: truth)
        }
    }

    /// Adds the graphs of the transformer before training, which is the same for every sequence.
    mutating func addUntrained(_ attention: [[[[Float]]]]) throws {
        for index in tallies.indices {
            let key = tallies[index].key
            _ = try interpret(
                attention, key, truth.graph(for: key.method), &tallies[index].tallies.untrained)
        }
    }

    /// The graph that a method reads, which is counted too.
    private func interpret(
        _ attention: [[[[Float]]]], _ key: CalibrationKey, _ wanted: MixedGraph,
        _ tally: inout CalibrationTally
    ) throws -> MixedGraph {
        let layer = attention[key.layer - 1]
        let heads = key.head.map { [layer[$0 - 1]] } ?? layer
        guard let reading = key.reading, let samples = tally.samples,
            let search = key.method.search(nodeCount: truth.nodes.count, options: options)
        else {
            let graph = try key.method.baseline(heads, nodes: truth.nodes)
            try tally.add(graph, truth: wanted)
            return graph
        }
        let correlation = try AttentionReading.correlation(
            of: heads.map { reading.solution(of: $0) }, nodes: truth.nodes)
        let result = try search.run(
            FisherZTest(
                correlation: correlation, nodeCount: truth.nodes.count, samples: samples, alpha: alpha))
        try tally.add(result, truth: wanted)
        return result.graph
    }

    /// As many edges with the same marks between pairs of nodes drawn without replacement.
    private mutating func scattered(_ graph: MixedGraph) -> MixedGraph {
        let pairs = (0..<graph.nodeCount).flatMap { b in (0..<b).map { ($0, b) } }.shuffled(using: &generator)
        var random = MixedGraph(nodeCount: graph.nodeCount)
        for (edge, pair) in zip(graph.edges, pairs) {
            random.connect(Edge(pair.0, edge.markAtA, edge.markAtB, pair.1))
        }
        return random
    }
}
