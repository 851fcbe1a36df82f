public import WhenceDiscovery

/// A graph over named variables, and how it was found; what `whence discover` shows.
public struct DiscoveredGraph: Sendable, Hashable {
    /// The algorithm's name, such as `icd`.
    public var algorithm: String
    /// The name of the test, such as `fisher-z`; `nil` with an oracle.
    public var test: String?
    /// Significance level of the tests; `nil` with an oracle.
    public var alpha: Double?
    /// Number of samples; `nil` with an oracle.
    public var samples: Int?
    /// The variables' names, in the order of the graph's nodes.
    public var nodes: [String]
    /// What the search found.
    public var result: DiscoveryResult
    /// The same search at other levels, from which edges have their stability; `nil` without a sweep.
    public var sweep: AlphaSweepResult?

    /// Makes a graph.
    ///
    /// - Precondition: a name for each node of the graph and of those of the sweep.
    public init(
        algorithm: String, test: String? = nil, alpha: Double?, samples: Int?, nodes: [String],
        result: DiscoveryResult, sweep: AlphaSweepResult? = nil
    ) {
        precondition(nodes.count == result.graph.nodeCount, "\(nodes.count) names")
        precondition(
            sweep.map { $0.frequencies.nodeCount == nodes.count || $0.alphas.isEmpty } ?? true,
            "a sweep over other nodes")
        self.sweep = sweep
        self.algorithm = algorithm
        self.test = test
        self.alpha = alpha
        self.samples = samples
        self.nodes = nodes
        self.result = result
    }

    /// What is known of each edge, in the order of `result.graph.edges`.
    var trust: [EdgeTrust] {
        zip(result.edgePValues, agreements).map { EdgeTrust(pValue: $0, stability: $1?.adjacency) }
    }

    /// For each edge, in the order of `result.graph.edges`, how many graphs of the sweep agree with it.
    var agreements: [EdgeAgreement?] {
        sweep?.frequencies.agreements(with: result.graph)
            ?? Array(repeating: nil, count: result.graph.edgeCount)
    }

    /// What the graph means, in plain words: one sentence for how far the search got, then one for each thing that
    /// limits it.
    public var meaning: [String] { ResultWording.sentences(self) }
}
