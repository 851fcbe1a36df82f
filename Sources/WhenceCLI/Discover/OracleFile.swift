import Foundation
import Whence

/// A DAG with latent and selection variables, as JSON:
/// `{"nodes": […], "latents": […], "selection": […], "edges": [["A", "B"], …]}`.
struct OracleFile {
    /// The names of the observed nodes, in the order of the oracle.
    let observed: [String]
    /// Answers by m-separation.
    let oracle: SeparationOracle

    private struct Document: Decodable {
        var nodes: [String]
        var latents: [String]?
        var selection: [String]?
        var edges: [[String]]
    }

    /// Reads a file; `-` is the standard input.
    ///
    /// - Throws: `AnnotationError` for a file that cannot be read, `LoaderError.invalid` for what is wrong in it.
    init(path: String) throws {
        let text = try TextFile.read(path)
        let name = path == "-" ? "standard input" : path
        func wrong(_ place: String, _ expected: String, _ found: String) -> LoaderError {
            .invalid(
                path: name, place: place, expected: expected, found: found,
                hint: "The file has the fields nodes, latents, selection and edges.")
        }
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        } catch {
            throw wrong("the document", "a DAG as JSON", "other JSON, or none")
        }
        var indices: [String: Int] = [:]
        for (index, name) in document.nodes.enumerated() {
            guard indices.updateValue(index, forKey: name) == nil else {
                throw wrong("nodes", "every name once", "\u{201C}\(name)\u{201D} twice")
            }
        }
        func index(_ name: String, _ place: String) throws -> Int {
            guard let index = indices[name] else {
                throw wrong(place, "names from nodes", "\u{201C}\(name)\u{201D}")
            }
            return index
        }
        let edges = try document.edges.map { edge in
            guard edge.count == 2 else { throw wrong("edges", "pairs of names", edge.count.counted("name")) }
            return (parent: try index(edge[0], "edges"), child: try index(edge[1], "edges"))
        }
        do {
            oracle = try SeparationOracle(
                nodeCount: document.nodes.count, edges: edges,
                latents: try (document.latents ?? []).map { try index($0, "latents") },
                selection: try (document.selection ?? []).map { try index($0, "selection") })
        } catch DiscoveryError.cycle(let node) {
            throw wrong(
                "edges", "a directed acyclic graph",
                "a directed cycle through \u{201C}\(document.nodes[node])\u{201D}")
        } catch DiscoveryError.node(let node, _, _) {
            throw wrong(
                "latents and selection", "every name once",
                "\u{201C}\(document.nodes[node])\u{201D} twice")
        }
        observed = oracle.observed.map { document.nodes[$0] }
    }
}
