public import Foundation

extension LatentGraph {
    /// Reads a graph file.
    ///
    /// Three forms: a list of the parent of each position, null or −1 for none, which makes an in-context tree with
    /// a question after the last; a list of lists of parents, whose last is that of the predicted position; or an
    /// object with `nodes`, a number, and `edges`, a list of `[parent, child]`, over the positions of such a list: the
    /// last node is the predicted one, and needs a parent.
    /// - Throws: `graphFile` for anything else; `graph` for an illegal graph.
    public init(file: URL) throws(LaboratoryError) {
        let data: Data
        do { data = try Data(contentsOf: file) } catch {
            throw .graphFile(path: file.path, problem: "the file cannot be read")
        }
        try self.init(json: data, path: file.path)
    }

    /// Reads the text of a graph file; `path` names it in errors.
    public init(json data: Data, path: String) throws(LaboratoryError) {
        if let problem = Self.fault(in: data) { throw .graphFile(path: path, problem: problem) }
        let decoder = JSONDecoder()
        do throws(LaboratoryError) {
            if let parents = try? decoder.decode([Int?].self, from: data) {
                let parents = parents.map { $0 == -1 ? nil : $0 }
                try Self.refuseCycle(in: parents.map { $0.map { [$0] } ?? [] })
                self = try .tree(parents)
                return
            }
            let parents: [[Int]]
            if let lists = try? decoder.decode([[Int]].self, from: data) {
                parents = lists
            } else if let graph = try? decoder.decode(EdgeList.self, from: data) {
                parents = try graph.parents(path: path)
            } else {
                throw .graphFile(path: path, problem: "the file is none of the forms of a latent graph")
            }
            try Self.refuseCycle(in: parents)
            let graph = try LatentGraph(parents: parents)
            guard parents.last?.isEmpty == false else {
                throw .graphFile(
                    path: path,
                    problem:
                        "the last position, \(parents.count - 1), is the one to be predicted, and has no parent"
                )
            }
            self = graph
        } catch {
            if case .graphFile = error { throw error }
            throw .graph(path: path, error)
        }
    }

    /// Where a text stops to be JSON; nil if it does not.
    private static func fault(in data: Data) -> String? {
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return nil
        } catch {
            let sentence = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? ""
            guard let offset = sentence.firstMatch(of: #/character (\d+)/#).flatMap({ Int($0.1) }) else {
                return "the file is no JSON, or ends too early"
            }
            let lines = data.prefix(offset).split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            return
                "the file is no JSON from line \(lines.count), character \((lines.last?.count ?? 0) + 1) on"
        }
    }

    /// Positions are in causal order, so an edge backwards is wrong in any case; a cycle is told apart, because no
    /// renumbering of positions would mend it.
    private static func refuseCycle(in parents: [[Int]]) throws(LaboratoryError) {
        // A position that is its own parent is told of as such.
        let others = parents.enumerated().map { child, list in list.filter { $0 != child } }
        if let position = cycle(in: others) { throw .cycle(through: position) }
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

/// A graph file that lists edges.
private struct EdgeList: Decodable {
    var nodes: Int
    var edges: [[Int]]

    /// The parents of every node, ascending.
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
        return parents.map { $0.sorted() }
    }
}
