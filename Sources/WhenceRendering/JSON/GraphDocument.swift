internal import WhenceDiscovery
internal import WhenceExplanation

/// One causal graph.
struct GraphDocument: Codable {
    struct NodeDocument: Codable {
        var index: Int
        var label: String
        var tokens: [Int]
    }

    struct EdgeDocument: Codable {
        var a: Int
        var b: Int
        var markAtA: Mark
        var markAtB: Mark
        var pValue: Double
        /// Share of the heads' graphs that join the same two nodes, with whatever marks; 0 to 1. Left out where
        /// there is one graph.
        var headShare: Double?
    }

    var head: HeadLabel
    var target: Int
    var nodes: [NodeDocument]
    var edges: [EdgeDocument]
    var independenceTests: [Int]
    var degenerateTests: Int
    @ExplicitNull var sampleBound: Int?
    /// `complete`, `anytime` or `skeleton`.
    var status: String
    /// With `anytime`: all conditioning sets below this size were tested. Left out otherwise.
    var r: Int?

    /// - Parameter frequencies: those of the graphs of all heads; `nil` where there is one graph.
    init(_ graph: CausalGraph, among frequencies: GraphFrequencies?) {
        head = graph.head
        target = graph.target
        nodes = graph.nodes.map { NodeDocument(index: $0.index, label: $0.label, tokens: $0.tokens) }
        edges = graph.edges.map { edge in
            EdgeDocument(
                a: edge.a, b: edge.b, markAtA: edge.markAtA, markAtB: edge.markAtB, pValue: edge.pValue,
                headShare: frequencies?.agreement(with: Edge(edge)).adjacency)
        }
        independenceTests = graph.independenceTests
        degenerateTests = graph.degenerateTests
        sampleBound = graph.sampleBound
        (status, r) = Self.words(graph.status)
    }

    /// The graphs of one explanation.
    ///
    /// - Throws: `RenderingError.inconsistent` for graphs of several heads that cannot be compared.
    static func all(_ graphs: [CausalGraph]) throws(RenderingError) -> [GraphDocument] {
        let frequencies = try graphs.frequencies()
        return graphs.map { GraphDocument($0, among: frequencies) }
    }

    /// The fields `status` and `r`.
    static func words(_ status: DiscoveryStatus) -> (status: String, r: Int?) {
        switch status {
        case .complete: ("complete", nil)
        case .skeleton: ("skeleton", nil)
        case .anytime(let bound): ("anytime", bound)
        }
    }

    func value() throws -> CausalGraph {
        CausalGraph(
            head: head, target: target,
            nodes: nodes.map { CausalGraph.Node(index: $0.index, label: $0.label, tokens: $0.tokens) },
            edges: edges.map {
                CausalGraph.GraphEdge(
                    a: $0.a, b: $0.b, markAtA: $0.markAtA, markAtB: $0.markAtB, pValue: $0.pValue)
            },
            independenceTests: independenceTests, degenerateTests: degenerateTests,
            status: try discoveryStatus(), sampleBound: sampleBound)
    }

    private func discoveryStatus() throws -> DiscoveryStatus {
        switch (status, r) {
        case ("complete", _): return .complete
        case ("skeleton", _): return .skeleton
        case ("anytime", let bound?) where bound >= 0: return .anytime(r: bound)
        default:
            throw RenderingError.malformed(
                path: "graphs.status", problem: "expected complete, skeleton, or anytime with r")
        }
    }
}
