/// The shortest discriminating paths `⟨t, …, a, b, c⟩` for b: t and c are not adjacent, and every node between t and b
/// is a collider on the path and a parent of c.
struct DiscriminatingPaths {
    private let graph: MixedGraph
    private let b: Int
    private let c: Int
    /// The nodes at each distance from a, going away from b.
    private var layers: [NodeSet]
    /// The nodes t at which the shortest paths end.
    let ends: NodeSet

    /// - Complexity: O(nodes) set operations.
    init(_ graph: MixedGraph, _ a: Int, _ b: Int, _ c: Int) {
        (self.graph, self.b, self.c) = (graph, b, c)
        let nobody = NodeSet(capacity: graph.nodeCount)
        let middle = graph.parents(of: c) - b
        let outside = NodeSet(allOf: graph.nodeCount) - graph.adjacent[c] - c - b
        var layer = nobody | a
        var (layers, passed, found) = ([layer], layer, nobody)
        while !layer.isEmpty {
            var (before, next) = (nobody, nobody)
            for node in layer {
                before.formUnion(graph.arrowsAt[node])
                next.formUnion(graph.spouses(of: node))
            }
            found = before & outside
            guard found.isEmpty else { break }
            layer = (next & middle) - passed
            passed.formUnion(layer)
            layers.append(layer)
        }
        (self.layers, ends) = (layers, found)
    }

    /// Every edge between neighbours on any of the paths with the given end.
    func edges(to end: Int) -> [(Int, Int)] {
        var result: [(Int, Int)] = []
        var farther = graph.arrowsFrom[end] & layers[layers.count - 1]
        for node in farther { result.append((end, node)) }
        for layer in layers.dropLast().reversed() {
            var nearer = farther - farther
            for node in farther {
                let passed = graph.spouses(of: node) & layer
                for neighbour in passed { result.append((node, neighbour)) }
                nearer.formUnion(passed)
            }
            farther = nearer
        }
        for a in farther { result.append((a, b)) }
        return result + [(b, c)]
    }
}
