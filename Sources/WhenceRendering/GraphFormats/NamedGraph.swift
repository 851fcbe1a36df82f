public import WhenceDiscovery

/// A graph over named variables, as files of graphs hold it.
///
/// What every format can say: the names, what the variables are, the edges with their marks, and how far each
/// edge is trusted. `text(as:)` writes it, `init(reading:as:from:)` reads it.
public struct NamedGraph: Sendable, Hashable {
    /// What a variable is.
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        /// In the data.
        case observed
        /// Not in the data; Tetrad writes `(X)`.
        case latent
        /// Conditioned on by the way the data came about; Tetrad writes `[X]`.
        case selection
    }

    /// The most nodes that a graph from a file may have: a graph takes memory for every two nodes.
    public static let maximumNodeCount = 16_384

    /// One name a node, each different from the others.
    public let names: [String]
    /// One role a node.
    public let roles: [Role]
    /// The nodes' edges.
    public let graph: MixedGraph
    /// How far each edge is trusted, in the order of `graph.edges`.
    public let trust: [EdgeTrust]
    /// Significance level of the tests behind the p-values; `nil` when it is not known.
    public let alpha: Double?

    /// Makes a graph.
    ///
    /// - Parameters:
    ///   - names: one a node.
    ///   - roles: one a node; `nil` when all are observed.
    ///   - graph: the edges.
    ///   - trust: one an edge, in the order of `graph.edges`; `nil` when nothing is known of any.
    ///   - alpha: significance level of the tests behind the p-values.
    /// - Throws: `RenderingError.inconsistent` for numbers of entries that do not fit, a name that occurs
    ///   twice, and p-values, stabilities or levels outside 0 to 1.
    public init(
        names: [String], roles: [Role]? = nil, graph: MixedGraph, trust: [EdgeTrust]? = nil,
        alpha: Double? = nil
    ) throws(RenderingError) {
        let edgeCount = graph.edgeCount
        let roles = roles ?? Array(repeating: .observed, count: names.count)
        let trust = trust ?? Array(repeating: EdgeTrust(), count: edgeCount)
        for (path, count, expected) in [
            ("names", names.count, graph.nodeCount), ("roles", roles.count, graph.nodeCount),
            ("trust", trust.count, edgeCount),
        ] where count != expected {
            throw .inconsistent(path: path, problem: "\(count) entries, expected \(expected)")
        }
        if let name = Self.repeated(in: names) {
            throw .inconsistent(path: "names", problem: "\(name.quoted()) stands twice")
        }
        for value in trust.flatMap({ [$0.pValue, $0.stability] }) + [alpha] {
            guard let value else { continue }
            guard (0...1).contains(value) else {
                throw .inconsistent(path: "trust", problem: "\(value) is not between 0 and 1")
            }
        }
        (self.names, self.roles, self.graph, self.trust, self.alpha) = (names, roles, graph, trust, alpha)
    }

    /// The first name that occurs a second time.
    static func repeated(in names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }

    /// Every edge with its trust.
    var trustedEdges: [(edge: Edge, trust: EdgeTrust)] { Array(zip(graph.edges, trust)) }
}

extension NamedGraph {
    /// A graph that a search found; which sets separated what is left behind.
    ///
    /// - Throws: `RenderingError.inconsistent` for a name that occurs twice.
    public init(_ discovered: DiscoveredGraph) throws(RenderingError) {
        try self.init(
            names: discovered.nodes, graph: discovered.result.graph, trust: discovered.trust,
            alpha: discovered.alpha)
    }
}
