internal import Foundation
internal import WhenceDiscovery

/// `whence.graph/1`, as far as it is a graph.
enum GraphJSON {
    static let schemaName = "whence.graph/1"

    private struct Document: Codable {
        var schema = schemaName
        @ExplicitNull var algorithm: String?
        @ExplicitNull var alpha: Double?
        @ExplicitNull var samples: Int?
        var nodes: [String]
        var latents: [String]?
        var selection: [String]?
        var edges: [GraphEdgeDocument]
    }

    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        let bytes = Data(text.utf8)
        func failure(_ place: String, _ problem: String) -> RenderingError {
            GraphPlace(path, place).error(problem)
        }
        let head = try decodeJSON(SchemaDocument.self, from: bytes, failure: failure)
        guard head.schema == schemaName else {
            throw failure("schema", "\(head.schema.quoted()); expected “\(schemaName)”")
        }
        let document = try decodeJSON(Document.self, from: bytes, failure: failure)
        var assembly = GraphAssembly(path: path)
        if let alpha = document.alpha {
            guard (0...1).contains(alpha) else { throw failure("alpha", "\(alpha) is not between 0 and 1") }
            assembly.alpha = alpha
        }
        try assembly.addNodes(
            document.nodes, latents: document.latents, selection: document.selection)
        for (index, edge) in document.edges.enumerated() {
            let place = GraphPlace(path, "edges[\(index)]")
            let attributes = EdgeAttributes(
                values: ["markAtA": edge.markAtA, "markAtB": edge.markAtB], place: place,
                markNames: ("markAtA", "markAtB"))
            let marks = try attributes.marks(isDirected: true)
            for (field, value) in [("pValue", edge.pValue), ("stability", edge.stability)] {
                guard value.map((0...1).contains) ?? true else {
                    throw failure("edges[\(index)].\(field)", "expected a number from 0 to 1")
                }
            }
            try assembly.connect(
                try assembly.known(edge.a, at: GraphPlace(path, "edges[\(index)].a")), marks.source,
                marks.target, try assembly.known(edge.b, at: GraphPlace(path, "edges[\(index)].b")),
                trust: EdgeTrust(pValue: edge.pValue, stability: edge.stability), at: place)
        }
        return try assembly.finished()
    }

    static func write(_ graph: NamedGraph) throws(RenderingError) -> String {
        func names(_ role: NamedGraph.Role) -> [String]? {
            let names = zip(graph.names, graph.roles).filter { $0.1 == role }.map(\.0)
            return names.isEmpty ? nil : names
        }
        return try jsonText(
            of: Document(
                algorithm: nil, alpha: graph.alpha, samples: nil, nodes: graph.names,
                latents: names(.latent), selection: names(.selection),
                edges: graph.trustedEdges.map {
                    GraphEdgeDocument($0.edge, $0.trust, alpha: graph.alpha, names: graph.names)
                }))
    }
}

/// An edge of `whence.graph/1`.
struct GraphEdgeDocument: Codable {
    var a: String
    var b: String
    var markAtA: String
    var markAtB: String
    /// What set the mark at `a`, such as `R4`; left out for a circle, and where it is not known.
    var originAtA: String?
    /// What set the mark at `b`.
    var originAtB: String?
    /// Largest p-value of the tests that kept the edge.
    var pValue: Double?
    /// How far below the significance level `pValue` stayed.
    var margin: Double?
    /// Share of the graphs of a sweep that hold the edge.
    var stability: Double?
    /// Share of them that also have this mark at `a`.
    var stabilityAtA: Double?
    /// Share of them that also have this mark at `b`.
    var stabilityAtB: Double?

    init(_ edge: Edge, _ trust: EdgeTrust, alpha: Double?, names: [String]) {
        (a, b) = (names[edge.a], names[edge.b])
        (markAtA, markAtB) = (edge.markAtA.rawValue, edge.markAtB.rawValue)
        (pValue, stability) = (trust.pValue, trust.stability)
        if let alpha, let pValue { margin = alpha - pValue }
    }
}

extension GraphAssembly {
    /// Adds the nodes of a JSON document with the fields `nodes`, `latents` and `selection`.
    mutating func addNodes(
        _ names: [String], latents: [String]?, selection: [String]?
    ) throws(RenderingError) {
        for (index, name) in names.enumerated() {
            try addNode(name, at: GraphPlace(path, "nodes[\(index)]"))
        }
        try assign(.latent, to: latents, field: "latents")
        try assign(.selection, to: selection, field: "selection")
    }

    private mutating func assign(
        _ role: NamedGraph.Role, to names: [String]?, field: String
    ) throws(RenderingError) {
        for (index, name) in (names ?? []).enumerated() {
            let node = try known(name, at: GraphPlace(path, "\(field)[\(index)]"))
            describe(node, label: nil, role: role)
        }
    }
}
