public import Foundation

extension LatentGraph {
    /// Reads a graph file.
    ///
    /// Three forms: a list of the parent of each position, null or −1 for none, which makes an in-context tree with
    /// a question after the last; a list of lists of parents, whose last is that of the predicted position; or an
    /// object with `nodes`, a number, and `edges`, a list of `[parent, child]`, over the positions of such a list.
    /// - Throws: `graphFile` for anything else; `cycle`, `parentAfterChild` or `repeatedParent` for an illegal graph.
    public init(file: URL) throws(LaboratoryError) {
        let data: Data
        do { data = try Data(contentsOf: file) } catch {
            throw .graphFile(path: file.path, problem: "the file cannot be read")
        }
        try self.init(json: data, path: file.path)
    }

    /// Reads the text of a graph file; `path` names it in errors.
    public init(json data: Data, path: String) throws(LaboratoryError) {
        let decoder = JSONDecoder()
        if let parents = try? decoder.decode([Int?].self, from: data) {
            self = try .tree(parents.map { $0 == -1 ? nil : $0 })
        } else if let parents = try? decoder.decode([[Int]].self, from: data) {
            self = try LatentGraph(parents: parents)
        } else if let graph = try? decoder.decode(EdgeList.self, from: data) {
            self = try LatentGraph(parents: graph.parents(path: path))
        } else {
            throw .graphFile(path: path, problem: "the file is none of the forms of a latent graph")
        }
    }
}

/// A graph file that lists edges.
private struct EdgeList: Decodable {
    var nodes: Int
    var edges: [[Int]]

    /// The parents of every node, ascending.
    ///
    /// Positions are in causal order, so an edge backwards is wrong in any case; a cycle is told apart, because no
    /// renumbering of positions would mend it.
    func parents(path: String) throws(LaboratoryError) -> [[Int]] {
        guard (1...LaboratoryLimits.length + 1).contains(nodes) else {
            throw .graphFile(path: path, problem: "\(nodes) nodes are too few or too many")
        }
        var parents = [[Int]](repeating: [], count: nodes)
        for edge in edges {
            guard edge.count == 2, edge.allSatisfy({ (0..<nodes).contains($0) }) else {
                throw .graphFile(path: path, problem: "the edge \(edge) does not join two of \(nodes) nodes")
            }
            parents[edge[1]].append(edge[0])
        }
        if let position = Self.cycle(in: parents) { throw .cycle(through: position) }
        return parents.map { $0.sorted() }
    }

    /// A node on a directed cycle: what is left when nodes without remaining parents are taken away, walked upwards
    /// until a node comes again.
    private static func cycle(in parents: [[Int]]) -> Int? {
        var remaining = Array(parents.indices)
        while true {
            let left = Set(remaining)
            let next = remaining.filter { parents[$0].contains(where: left.contains) }
            if next.count == remaining.count { break }
            remaining = next
        }
        guard var node = remaining.first else { return nil }
        let left = Set(remaining)
        var seen: Set<Int> = []
        while seen.insert(node).inserted {
            guard let parent = parents[node].first(where: left.contains) else { return nil }
            node = parent
        }
        return node
    }
}
