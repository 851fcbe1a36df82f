internal import WhenceDiscovery

/// A place in a file of a graph, for errors.
struct GraphPlace {
    var path: String
    /// Such as `line 3` or `edges[2].a`; `nil` is the whole file.
    var place: String?

    init(_ path: String, _ place: String? = nil) {
        self.path = path
        self.place = place
    }

    init(_ path: String, line: Int) {
        self.init(path, "line \(line)")
    }

    /// An error at this place.
    func error(_ problem: String) -> RenderingError {
        .graphFile(path: path, place: place, problem: problem)
    }
}

/// A graph while it is read: nodes by their identifiers, edges with the places they stand at.
///
/// The rules that every format shares are kept here: an identifier names one node, two nodes have one edge,
/// no node has an edge to itself, and the name of a node is its label where labels tell all nodes apart.
struct GraphAssembly {
    private struct Node {
        var identifier: String
        var label: String?
        var role: NamedGraph.Role
    }

    private struct Connection {
        var edge: Edge
        var trust: EdgeTrust
        var place: String?
    }

    let path: String
    var alpha: Double?
    private var nodes: [Node] = []
    private var indices: [String: Int] = [:]
    private var connections: [Connection] = []
    private var connectionOfPair: [[Int]: Int] = [:]

    init(path: String) {
        self.path = path
    }

    /// How many nodes there are.
    var nodeCount: Int { nodes.count }

    /// The node with an identifier.
    func index(of identifier: String) -> Int? { indices[identifier] }

    /// The node with an identifier that has to be known.
    func known(_ identifier: String, at place: GraphPlace) throws(RenderingError) -> Int {
        guard let index = indices[identifier] else {
            throw place.error("\(identifier.quoted()) is none of the file's nodes")
        }
        return index
    }

    /// Adds a node.
    @discardableResult
    mutating func addNode(
        _ identifier: String, label: String? = nil, role: NamedGraph.Role = .observed, at place: GraphPlace
    ) throws(RenderingError) -> Int {
        guard nodes.count < NamedGraph.maximumNodeCount else {
            throw place.error(
                "more than \(NamedGraph.maximumNodeCount) nodes, which is the most that is read")
        }
        guard indices.updateValue(nodes.count, forKey: identifier) == nil else {
            throw place.error("\(identifier.quoted()) is a node already; expected every node once")
        }
        nodes.append(Node(identifier: identifier, label: label, role: role))
        return nodes.count - 1
    }

    /// Gives a node a label or a role after it was added.
    mutating func describe(_ node: Int, label: String?, role: NamedGraph.Role?) {
        if let label { nodes[node].label = label }
        if let role { nodes[node].role = role }
    }

    /// Adds an edge.
    mutating func connect(
        _ source: Int, _ markAtSource: Mark, _ markAtTarget: Mark, _ target: Int,
        trust: EdgeTrust = EdgeTrust(), at place: GraphPlace
    ) throws(RenderingError) {
        guard source != target else {
            throw place.error(
                "an edge from \(nodes[source].identifier.quoted()) to itself, which no such graph has")
        }
        let key = [min(source, target), max(source, target)]
        if let earlier = connectionOfPair.updateValue(connections.count, forKey: key).map({ connections[$0] })
        {
            let names = key.map { nodes[$0].identifier.quoted() }
            throw place.error(
                "a second edge between \(names[0]) and \(names[1])"
                    + (earlier.place.map { ", after \($0)" } ?? "") + "; expected one with a mark at each end"
            )
        }
        connections.append(
            Connection(
                edge: Edge(source, markAtSource, markAtTarget, target), trust: trust, place: place.place))
    }

    /// The graph.
    func finished() throws(RenderingError) -> NamedGraph {
        var graph = MixedGraph(nodeCount: nodes.count)
        for connection in connections { graph.connect(connection.edge) }
        let trust = connections.sorted { ($0.edge.a, $0.edge.b) < ($1.edge.a, $1.edge.b) }.map(\.trust)
        let labels = nodes.map { $0.label ?? $0.identifier }
        let names = NamedGraph.repeated(in: labels) == nil ? labels : nodes.map(\.identifier)
        return try NamedGraph(
            names: names, roles: nodes.map(\.role), graph: graph, trust: trust, alpha: alpha)
    }
}
