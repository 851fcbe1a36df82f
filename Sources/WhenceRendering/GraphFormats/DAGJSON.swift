internal import Foundation
internal import WhenceDiscovery

/// A DAG with latent and selection variables, as `discover --oracle` takes it:
/// `{"nodes": […], "latents": […], "selection": […], "edges": [["A", "B"], …]}`.
///
/// It is read as a directed graph: whether a cycle runs through it is not asked here.
enum DAGJSON {
    private struct Document: Codable {
        var nodes: [String]
        var latents: [String]?
        var selection: [String]?
        var edges: [[String]]
    }

    static func read(_ text: String, from path: String) throws(RenderingError) -> NamedGraph {
        let document = try decodeJSON(Document.self, from: Data(text.utf8)) { place, problem in
            GraphPlace(path, place).error(problem)
        }
        var assembly = GraphAssembly(path: path)
        try assembly.addNodes(
            document.nodes, latents: document.latents, selection: document.selection)
        for (index, edge) in document.edges.enumerated() {
            let place = GraphPlace(path, "edges[\(index)]")
            guard edge.count == 2 else {
                throw place.error(
                    "\(NumberWording.count(edge.count, "name")); expected two, a cause and its effect")
            }
            try assembly.connect(
                try assembly.known(edge[0], at: place), .tail, .arrow,
                try assembly.known(edge[1], at: place), at: place)
        }
        return try assembly.finished()
    }

    static func write(_ graph: NamedGraph) throws(RenderingError) -> String {
        let names = graph.names
        var edges: [[String]] = []
        for edge in graph.graph.edges {
            let oriented = OrientedEdge(edge)
            guard oriented.meaning == .cause else {
                throw .unwritable(
                    format: .dag,
                    problem: "\(names[edge.a].quoted()) \(edge.marks) \(names[edge.b].quoted()) is no arrow "
                        + "from a cause to its effect")
            }
            edges.append([names[oriented.source], names[oriented.target]])
        }
        func named(_ role: NamedGraph.Role) -> [String] {
            zip(names, graph.roles).filter { $0.1 == role }.map(\.0)
        }
        return try jsonText(
            of: Document(
                nodes: names, latents: named(.latent), selection: named(.selection), edges: edges))
    }
}
