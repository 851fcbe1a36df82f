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

    /// Makes a graph.
    ///
    /// - Precondition: a name for each node.
    public init(
        algorithm: String, test: String? = nil, alpha: Double?, samples: Int?, nodes: [String],
        result: DiscoveryResult
    ) {
        precondition(nodes.count == result.graph.nodeCount, "\(nodes.count) names")
        self.algorithm = algorithm
        self.test = test
        self.alpha = alpha
        self.samples = samples
        self.nodes = nodes
        self.result = result
    }

    /// One line an edge, such as `X1 o-> X2`, then lines that start with `#`: how the graph was found, and what it
    /// means.
    public func text() -> String {
        var lines = result.graph.edges.map { edge in
            "\(nodes[edge.a].escapedForDisplay) \(edge.marks) \(nodes[edge.b].escapedForDisplay)"
        }
        let tests = result.testCounts.reduce(0, +)
        var settings = [algorithm]
        if let test { settings.append(test) }
        if let alpha { settings.append("alpha \(alpha)") }
        if let samples { settings.append("\(samples) samples") }
        lines.append(
            "# \(settings.joined(separator: ", ")): \(result.status), "
                + "\(NumberWording.count(tests, "independence test")) \(result.testCounts)")
        lines += ResultWording.sentences(self).map { "# \($0)" }
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
    struct EdgeDocument: Encodable {
        var a: String
        var b: String
        var markAtA: Mark
        var markAtB: Mark
        var pValue: Double
    }

    struct SeparatingSetDocument: Encodable {
        var a: String
        var b: String
        var set: [String]
        var pValue: Double
    }

    var schema = "whence.graph/1"
    var algorithm: String
    @ExplicitNull var test: String?
    @ExplicitNull var alpha: Double?
    @ExplicitNull var samples: Int?
    var nodes: [String]
    var edges: [EdgeDocument]
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
        edges = zip(result.graph.edges, result.edgePValues).map { edge, pValue in
            EdgeDocument(
                a: graph.nodes[edge.a], b: graph.nodes[edge.b], markAtA: edge.markAtA, markAtB: edge.markAtB,
                pValue: pValue)
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
