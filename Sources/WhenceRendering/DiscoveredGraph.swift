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
    /// For every edge, in the order of `result.graph.edges`: the share of the graphs of a sweep in which it is
    /// found, 0 to 1; `nil` without a sweep.
    public var stability: [Double]?

    /// Makes a graph.
    ///
    /// - Precondition: a name for each node, and a stability, if any, for each edge.
    public init(
        algorithm: String, test: String? = nil, alpha: Double?, samples: Int?, nodes: [String],
        result: DiscoveryResult, stability: [Double]? = nil
    ) {
        precondition(nodes.count == result.graph.nodeCount, "\(nodes.count) names")
        precondition(stability.map { $0.count == result.graph.edgeCount } ?? true, "a stability an edge")
        self.stability = stability
        self.algorithm = algorithm
        self.test = test
        self.alpha = alpha
        self.samples = samples
        self.nodes = nodes
        self.result = result
    }

    /// What is known of each edge, in the order of `result.graph.edges`.
    var trust: [EdgeTrust] {
        result.edgePValues.enumerated().map { index, pValue in
            EdgeTrust(pValue: pValue, stability: stability?[index])
        }
    }

    /// What the graph means, in plain words: one sentence for how far the search got, then one for each thing that
    /// limits it.
    public var meaning: [String] { ResultWording.sentences(self) }

    /// One line an edge, such as `X1 o-> X2`, then lines that start with `#`: how the graph was found, and what it
    /// means.
    public func text() -> String {
        var lines = result.graph.edges.enumerated().map { index, edge in
            "\(nodes[edge.a].escapedForDisplay) \(edge.marks) \(nodes[edge.b].escapedForDisplay)"
                + (stability.map { "  # at \(Int(($0[index] * 100).rounded())) % of the levels" } ?? "")
        }
        let tests = result.testCounts.reduce(0, +)
        var settings = [algorithm]
        if let test { settings.append(test) }
        if let alpha { settings.append("alpha \(alpha)") }
        if let samples { settings.append("\(samples) samples") }
        lines.append(
            "# \(settings.joined(separator: ", ")): \(result.status), "
                + "\(NumberWording.count(tests, "independence test")) \(result.testCounts)")
        lines += meaning.map { "# \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The document `whence.graph/1`.
    ///
    /// - Throws: ``RenderingError``.
    public func json(layout: JSONLayout = .indented) throws(RenderingError) -> String {
        try jsonText(of: Document(self), layout: layout)
    }
}

/// The shape of `whence.graph/1`.
private struct Document: Encodable {
    struct SeparatingSetDocument: Encodable {
        var a: String
        var b: String
        var set: [String]
        var pValue: Double
    }

    var schema = GraphJSON.schemaName
    var algorithm: String
    @ExplicitNull var test: String?
    @ExplicitNull var alpha: Double?
    @ExplicitNull var samples: Int?
    var nodes: [String]
    var edges: [GraphEdgeDocument]
    var separatingSets: [SeparatingSetDocument]
    var independenceTests: [Int]
    var degenerateTests: Int
    @ExplicitNull var sampleBound: Int?
    var status: String
    var r: Int?
    @ExplicitNull var stoppedBy: DiscoveryBound?

    init(_ graph: DiscoveredGraph) {
        let result = graph.result
        algorithm = graph.algorithm
        test = graph.test
        alpha = graph.alpha
        samples = graph.samples
        nodes = graph.nodes
        edges = zip(zip(result.graph.edges, graph.trust), result.markOrigins).map { edge, origins in
            GraphEdgeDocument(edge.0, edge.1, origins: origins, names: graph.nodes)
        }
        separatingSets = result.separatingSets.map { separator in
            SeparatingSetDocument(
                a: graph.nodes[separator.a], b: graph.nodes[separator.b],
                set: separator.set.map { graph.nodes[$0] }, pValue: separator.pValue)
        }
        independenceTests = result.testCounts
        degenerateTests = result.degenerateTestCount
        sampleBound = result.sampleBound
        (status, r) = GraphDocument.words(result.status)
        stoppedBy = result.stoppedBy
    }
}
