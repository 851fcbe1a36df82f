internal import WhenceDiscovery
public import WhenceExplanation

extension JSONBytes {
    /// Writes the graphs of an explanation.
    ///
    /// - Throws: `RenderingError.inconsistent` for graphs of several heads that cannot be compared.
    public mutating func graphs(_ graphs: [CausalGraph]) throws(RenderingError) {
        let joins = try EdgeShares(graphs)
        array(graphs) { json, graph in
            json.object { json in
                json.key("degenerateTests")
                json.number(graph.degenerateTests)
                json.key("edges")
                json.array(graph.edges) { $0.edge($1, share: joins?.share(of: $1)) }
                json.key("head")
                json.head(graph.head)
                json.key("independenceTests")
                json.numbers(graph.independenceTests)
                json.key("nodes")
                json.array(graph.nodes) { $0.node($1) }
                let (status, bound) = GraphDocument.words(graph.status)
                if let bound {
                    json.key("r")
                    json.number(bound)
                }
                json.key("sampleBound")
                json.number(graph.sampleBound)
                json.key("status")
                json.string(status)
                json.key("target")
                json.number(graph.target)
            }
        }
    }

    private mutating func edge(_ edge: CausalGraph.GraphEdge, share: Double?) {
        object { json in
            json.key("a")
            json.number(edge.a)
            json.key("b")
            json.number(edge.b)
            if let share {
                json.key("headShare")
                json.number(share)
            }
            json.key("markAtA")
            json.string(edge.markAtA.rawValue)
            json.key("markAtB")
            json.string(edge.markAtB.rawValue)
            json.key("pValue")
            json.number(edge.pValue)
        }
    }

    private mutating func node(_ node: CausalGraph.Node) {
        object { json in
            json.key("index")
            json.number(node.index)
            json.key("label")
            json.string(node.label)
            json.key("tokens")
            json.numbers(node.tokens)
        }
    }
}

/// For every pair of nodes, the share of the heads' graphs that join the two: what `GraphFrequencies` counts, in a table
/// that costs little where many graphs are written.
private struct EdgeShares {
    private let nodeCount: Int
    private let graphCount: Int
    private var counts: [Int]

    /// Counts the edges of several graphs; `nil` where there is one graph.
    ///
    /// - Throws: `RenderingError.inconsistent`.
    init?(_ graphs: [CausalGraph]) throws(RenderingError) {
        guard graphs.count > 1 else { return nil }
        (nodeCount, graphCount) = (graphs[0].nodes.count, graphs.count)
        counts = Array(repeating: 0, count: nodeCount * nodeCount)
        for (index, graph) in graphs.enumerated() {
            guard graph.nodes.count == nodeCount else {
                throw .inconsistent(
                    path: "graphs[\(index)]", problem: "its nodes are not those of the first graph")
            }
            for edge in graph.edges {
                guard 0 <= edge.a, edge.a < edge.b, edge.b < nodeCount else {
                    throw .inconsistent(
                        path: "graphs[\(index)].edges", problem: "\(edge.a) and \(edge.b) are no two nodes")
                }
                counts[edge.a * nodeCount + edge.b] += 1
            }
        }
    }

    /// The share of the graphs that join the ends of an edge, 0 to 1.
    func share(of edge: CausalGraph.GraphEdge) -> Double {
        Double(counts[edge.a * nodeCount + edge.b]) / Double(graphCount)
    }
}
