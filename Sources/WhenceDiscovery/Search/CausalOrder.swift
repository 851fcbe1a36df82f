/// An order of the nodes in which no node causes an earlier one.
struct CausalOrder: Sendable {
    /// The place of every node.
    private let positions: [Int]
    /// For every node, those before it.
    let earlier: [NodeSet]

    /// - Parameter order: Every node once, causes first.
    /// - Throws: `DiscoveryError.order` for anything else.
    init(_ order: [Int], nodeCount: Int) throws {
        var positions = [Int?](repeating: nil, count: nodeCount)
        var earlier = [NodeSet](repeating: NodeSet(capacity: nodeCount), count: nodeCount)
        var before = NodeSet(capacity: nodeCount)
        for (position, node) in order.enumerated() {
            guard (0..<nodeCount).contains(node), positions[node] == nil else {
                throw DiscoveryError.order(node: node, nodeCount: nodeCount)
            }
            positions[node] = position
            earlier[node] = before
            before.insert(node)
        }
        if let missing = positions.firstIndex(of: nil) {
            throw DiscoveryError.order(node: missing, nodeCount: nodeCount)
        }
        self.positions = positions.compactMap { $0 }
        self.earlier = earlier
    }

    /// Two nodes, the earlier first.
    func sorted(_ x: Int, _ y: Int) -> (earlier: Int, later: Int) {
        positions[x] < positions[y] ? (x, y) : (y, x)
    }
}
