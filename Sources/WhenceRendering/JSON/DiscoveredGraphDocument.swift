internal import WhenceDiscovery

extension DiscoveredGraph {
    /// The document `whence.graph/1`.
    ///
    /// - Throws: ``RenderingError``.
    public func json(layout: JSONLayout = .indented) throws(RenderingError) -> String {
        try jsonText(of: FoundGraphDocument(self), layout: layout)
    }
}

/// The shape of `whence.graph/1`.
private struct FoundGraphDocument: Encodable {
    struct SeparatingSetDocument: Encodable {
        var a: String
        var b: String
        var set: [String]
        var pValue: Double
    }

    struct TripleDocument: Encodable {
        var a: String
        var b: String
        var c: String

        init(_ triple: AmbiguousTriple, _ names: [String]) {
            (a, b, c) = (names[triple.a], names[triple.b], names[triple.c])
        }
    }

    struct ConflictDocument: Encodable {
        var a: String
        var b: String
        var c: String
        var isColliderByData: Bool

        init(_ conflict: KnowledgeConflict, _ names: [String]) {
            (a, b, c) = (names[conflict.a], names[conflict.b], names[conflict.c])
            isColliderByData = conflict.isColliderByData
        }
    }

    struct SweepDocument: Encodable {
        var alphas: [Double]
        var edgeCounts: [Int]
        /// How far the search at each level got, as `complete` or `anytime 2`.
        var statuses: [String]

        init(_ sweep: AlphaSweepResult) {
            (alphas, edgeCounts) = (sweep.alphas, sweep.edgeCounts)
            statuses = sweep.statuses.map(\.description)
        }
    }

    var schema = GraphJSON.schemaName
    var algorithm: String
    @ExplicitNull var test: String?
    @ExplicitNull var alpha: Double?
    @ExplicitNull var samples: Int?
    var nodes: [String]
    var edges: [GraphEdgeDocument]
    /// Nodes without an edge, and the set that separated them.
    var separatingSets: [SeparatingSetDocument]
    /// Unshielded triples that no rule used, because their separating sets disagree.
    var ambiguousTriples: [TripleDocument]
    /// Unshielded triples of which data and background knowledge say the opposite.
    var knowledgeConflicts: [ConflictDocument]
    /// What `stability` is a share of. Left out without a sweep.
    var alphaSweep: SweepDocument?
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
        let agreements = graph.agreements
        edges = zip(result.graph.edges, graph.trust).enumerated().map { index, edge in
            var document = GraphEdgeDocument(edge.0, edge.1, alpha: graph.alpha, names: graph.nodes)
            (document.originAtA, document.originAtB) = (
                result.markOrigins[index].atA?.description, result.markOrigins[index].atB?.description
            )
            (document.stabilityAtA, document.stabilityAtB) = (
                agreements[index]?.markAtA, agreements[index]?.markAtB
            )
            return document
        }
        separatingSets = result.separatingSets.map { separator in
            SeparatingSetDocument(
                a: graph.nodes[separator.a], b: graph.nodes[separator.b],
                set: separator.set.map { graph.nodes[$0] }, pValue: separator.pValue)
        }
        ambiguousTriples = result.ambiguousTriples.map { TripleDocument($0, graph.nodes) }
        knowledgeConflicts = result.knowledgeConflicts.map { ConflictDocument($0, graph.nodes) }
        alphaSweep = graph.sweep.map(SweepDocument.init)
        independenceTests = result.testCounts
        degenerateTests = result.degenerateTestCount
        sampleBound = result.sampleBound
        (status, r) = GraphDocument.words(result.status)
        stoppedBy = result.stoppedBy
    }
}
