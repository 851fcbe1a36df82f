internal import Foundation
internal import WhenceDiscovery

/// NetworkX's node-link JSON, <https://networkx.org/documentation/stable/reference/readwrite/json_graph.html>.
///
/// Edges stand under `edges`, as NetworkX writes them from 3.6 on; `links`, the key of older versions, is read
/// too. Identifiers may be texts or whole numbers. Marks: see ``EdgeAttributes``.
enum NodeLinkJSON {
    private struct Document: Decodable {
        var directed: Bool?
        var graph: ScalarFields?
        var nodes: [ScalarFields]
        var edges: [ScalarFields]?
        var links: [ScalarFields]?
    }

    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        let document = try decodeJSON(Document.self, from: Data(text.utf8)) { place, problem in
            GraphPlace(path, place).error(problem)
        }
        guard let edges = document.edges ?? document.links else {
            throw GraphPlace(path).error("there is neither “edges” nor “links”")
        }
        guard document.edges == nil || document.links == nil else {
            throw GraphPlace(path).error("there are both “edges” and “links”; expected one of them")
        }
        var assembly = GraphAssembly(path: path)
        assembly.alpha = try EdgeAttributes(
            values: document.graph?.values ?? [:], place: GraphPlace(path, "graph")
        ).share("alpha")
        for (index, node) in document.nodes.enumerated() {
            let place = GraphPlace(path, "nodes[\(index)]")
            try assembly.addNode(
                try node.text("id", at: place), label: node.values["label"] ?? node.values["name"],
                role: try NamedGraph.Role(attribute: node.values["role"], at: place), at: place)
        }
        let field = document.edges == nil ? "links" : "edges"
        for (index, edge) in edges.enumerated() {
            let place = GraphPlace(path, "\(field)[\(index)]")
            let attributes = EdgeAttributes(values: edge.values, place: place)
            let marks = try attributes.marks(isDirected: document.directed ?? false)
            try assembly.connect(
                try assembly.known(try edge.text("source", at: place), at: place), marks.source, marks.target,
                try assembly.known(try edge.text("target", at: place), at: place),
                trust: try attributes.trust(), at: place)
        }
        return try assembly.finished()
    }

    private struct Output: Encodable {
        struct GraphFields: Encodable {
            var alpha: Double?
        }

        struct Node: Encodable {
            var id: String
            var role: String?
        }

        struct Link: Encodable {
            var source: String
            var target: String
            var markSource: String
            var markTarget: String
            var marks: String
            var pValue: Double?
            var stability: Double?

            enum CodingKeys: String, CodingKey {
                case source, target, marks, stability
                case markSource = "mark_source"
                case markTarget = "mark_target"
                case pValue = "p_value"
            }
        }

        var directed = true
        var multigraph = false
        var graph: GraphFields
        var nodes: [Node]
        var edges: [Link]
    }

    static func write(_ graph: NamedGraph) throws(RenderingError) -> String {
        let nodes = zip(graph.names, graph.roles).map { name, role in
            Output.Node(id: name, role: role == .observed ? nil : role.rawValue)
        }
        let edges = graph.trustedEdges.map { edge, trust in
            let oriented = OrientedEdge(edge)
            return Output.Link(
                source: graph.names[oriented.source], target: graph.names[oriented.target],
                markSource: oriented.markAtSource.rawValue, markTarget: oriented.markAtTarget.rawValue,
                marks: oriented.marks, pValue: trust.pValue, stability: trust.stability)
        }
        return try jsonText(of: Output(graph: .init(alpha: graph.alpha), nodes: nodes, edges: edges))
    }
}

/// An object's texts, numbers and truth values, as text; lists and objects in it are passed over.
private struct ScalarFields: Decodable {
    var values: [String: String]

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        values = [:]
        for key in container.allKeys {
            if let text = try? container.decode(String.self, forKey: key) {
                values[key.stringValue] = text
            } else if let number = try? container.decode(Int.self, forKey: key) {
                values[key.stringValue] = "\(number)"
            } else if let number = try? container.decode(Double.self, forKey: key) {
                values[key.stringValue] = "\(number)"
            } else if let truth = try? container.decode(Bool.self, forKey: key) {
                values[key.stringValue] = "\(truth)"
            }
        }
    }

    func text(_ key: String, at place: GraphPlace) throws(RenderingError) -> String {
        guard let text = values[key] else {
            throw place.error("\"\(key)\" is missing, or is neither text nor number")
        }
        return text
    }
}

extension NamedGraph.Role {
    /// The role that a node's attribute names; observed without one.
    init(attribute: String?, at place: GraphPlace) throws(RenderingError) {
        guard let attribute else {
            self = .observed
            return
        }
        guard let role = Self(rawValue: attribute) else {
            throw place.error(
                "the role is \(attribute.quoted()); expected observed, latent or selection")
        }
        self = role
    }
}
