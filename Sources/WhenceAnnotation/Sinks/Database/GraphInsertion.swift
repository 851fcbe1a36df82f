internal import GRDB
internal import WhenceDiscovery
internal import WhenceExplanation
internal import WhenceRendering

/// Puts the graphs of a row into the tables of a database.
struct GraphInsertion {
    private var nodes: TableInsertion
    private var graphs: TableInsertion
    private var edges: TableInsertion

    init(_ database: Database) throws {
        nodes = try TableInsertion(into: "nodes", database)
        graphs = try TableInsertion(into: "graphs", database)
        edges = try TableInsertion(into: "edges", database)
    }

    /// Inserts graphs over the same nodes.
    ///
    /// - Parameter word: the word, or the place in the history, that a node is.
    mutating func insert(
        _ list: [CausalGraph], row: Int, word: (CausalGraph.Node) -> Int?
    ) throws {
        guard let first = list.first else { return }
        for node in first.nodes {
            try nodes.add(row)
            try nodes.add(node.index)
            try nodes.add(node.label)
            try nodes.add(node.index == first.target ? 1 : 0)
            try nodes.add(node.index == first.target ? nil : word(node))
            try nodes.insert()
        }
        for (index, graph) in list.enumerated() { try insert(graph, index, row) }
    }

    private mutating func insert(_ graph: CausalGraph, _ index: Int, _ row: Int) throws {
        try graphs.add(row)
        try graphs.add(index)
        switch graph.head {
        case .head(let number): try graphs.add(String(number))
        case .pooled: try graphs.add("pooled")
        }
        switch graph.status {
        case .complete:
            try graphs.add("complete")
            try graphs.add(Int?.none)
        case .skeleton:
            try graphs.add("skeleton")
            try graphs.add(Int?.none)
        case .anytime(let bound):
            try graphs.add("anytime")
            try graphs.add(bound)
        }
        try graphs.add(graph.independenceTests.reduce(0, +))
        var tests = JSONBytes()
        tests.numbers(graph.independenceTests)
        try graphs.add(tests.bytes)
        try graphs.add(graph.degenerateTests)
        try graphs.insert()
        for edge in graph.edges {
            try edges.add(row)
            try edges.add(index)
            try edges.add(edge.a)
            try edges.add(edge.b)
            try edges.add(edge.markAtA.rawValue)
            try edges.add(edge.markAtB.rawValue)
            try edges.add(edge.marks)
            try edges.add(edge.pValue)
            try edges.insert()
        }
    }
}
