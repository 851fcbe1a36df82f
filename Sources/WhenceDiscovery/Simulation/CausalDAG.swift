/// A directed acyclic graph whose nodes are observed, latent or selected on.
public struct CausalDAG: Sendable, Hashable {
    /// A direct cause.
    public struct Link: Sendable, Hashable {
        /// The cause.
        public var parent: Int
        /// Its effect.
        public var child: Int

        /// Makes a link.
        public init(_ parent: Int, _ child: Int) { (self.parent, self.child) = (parent, child) }
    }

    /// Number of nodes, `0 ..< nodeCount`, of all three roles.
    public let nodeCount: Int
    /// The links, by parent, then child, each once.
    public let links: [Link]
    /// Unobserved nodes, ascending.
    public let latents: [Int]
    /// Nodes that every sample is selected on, ascending.
    public let selection: [Int]
    /// The other nodes, ascending: the variables of data, and the nodes of graphs that are discovered.
    public let observed: [Int]
    /// All nodes, causes before effects; of those that could be next the smallest.
    public let causalOrder: [Int]

    /// Makes a graph.
    ///
    /// - Throws: `DiscoveryError.node` for an unknown or doubly named node, `.cycle` for a directed cycle.
    public init(nodeCount: Int, links: some Sequence<Link>, latents: [Int] = [], selection: [Int] = []) throws
    {
        let links = Set(links).sorted { ($0.parent, $0.child) < ($1.parent, $1.child) }
        let oracle = try SeparationOracle(
            nodeCount: nodeCount, edges: links.map { ($0.parent, $0.child) }, latents: latents,
            selection: selection)
        self.nodeCount = nodeCount
        self.links = links
        (self.latents, self.selection) = (latents.sorted(), selection.sorted())
        observed = oracle.observed
        causalOrder = Self.causalOrder(nodeCount, links)
    }

    /// The links' order of causes, which is known to be without cycles.
    private static func causalOrder(_ nodeCount: Int, _ links: [Link]) -> [Int] {
        var waiting = [Int](repeating: 0, count: nodeCount)
        var children = [[Int]](repeating: [], count: nodeCount)
        for link in links {
            waiting[link.child] += 1
            children[link.parent].append(link.child)
        }
        var ready = NodeSet(capacity: nodeCount, members: waiting.indices.filter { waiting[$0] == 0 })
        var order: [Int] = []
        while let node = ready.first {
            ready.remove(node)
            order.append(node)
            for child in children[node] {
                waiting[child] -= 1
                if waiting[child] == 0 { ready.insert(child) }
            }
        }
        return order
    }

    /// The parents of every node, ascending.
    var parents: [[Int]] {
        var parents = [[Int]](repeating: [], count: nodeCount)
        for link in links { parents[link.child].append(link.parent) }
        return parents
    }
}

extension SeparationOracle {
    /// The independences of a graph.
    public init(_ graph: CausalDAG) throws {
        try self.init(
            nodeCount: graph.nodeCount, edges: graph.links.map { ($0.parent, $0.child) },
            latents: graph.latents,
            selection: graph.selection)
    }
}
