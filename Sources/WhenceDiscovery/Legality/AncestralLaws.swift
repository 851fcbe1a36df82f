/// The laws of maximal ancestral graphs.
///
/// No circle; no directed cycle; no directed path between the ends of `<->`; no arrowhead at a node with an undirected
/// edge; and every two nodes without an edge can be separated, which is to say that no *inducing path* joins them:
/// a path on which every inner node is a collider and an ancestor of one of the ends.
///
/// Richardson and Spirtes 2002, *Ancestral graph Markov models*, §3.1 and Theorem 4.2.
struct AncestralLaws {
    private let graph: MixedGraph

    init(_ graph: MixedGraph) { self.graph = graph }

    func violations() -> [GraphViolation] {
        let circles = circles()
        guard circles.isEmpty else { return circles }
        let broken = directedCycles() + almostDirectedCycles() + arrowheadsAtUndirectedEdges()
        return broken.isEmpty ? inducingPaths() : broken
    }

    private func circles() -> [GraphViolation] {
        graph.edges.flatMap { edge in
            [(edge.a, edge.b, edge.markAtA), (edge.b, edge.a, edge.markAtB)]
                .filter { $0.2 == .circle }
                .map { GraphViolation(.circle, nodes: [$0.0, $0.1]) }
        }
    }

    /// One cycle for each node that lies on one and is its smallest.
    private func directedCycles() -> [GraphViolation] {
        (0..<graph.nodeCount).compactMap { node in
            guard let path = graph.directedPath(from: node, to: node) else { return nil }
            return path.min() == node ? GraphViolation(.directedCycle, nodes: path.dropLast()) : nil
        }
    }

    private func almostDirectedCycles() -> [GraphViolation] {
        (0..<graph.nodeCount).flatMap { node in
            graph.spouses(of: node).compactMap { spouse in
                graph.directedPath(from: node, to: spouse).map {
                    GraphViolation(.almostDirectedCycle, nodes: $0)
                }
            }
        }
    }

    private func arrowheadsAtUndirectedEdges() -> [GraphViolation] {
        (0..<graph.nodeCount).flatMap { node -> [GraphViolation] in
            guard let partner = (graph.tailsAt[node] & graph.tailsFrom[node]).first else { return [] }
            return graph.arrowsAt[node].map {
                GraphViolation(.arrowheadAtUndirectedEdge, nodes: [node, partner, $0])
            }
        }
    }

    private func inducingPaths() -> [GraphViolation] {
        (0..<graph.nodeCount).flatMap { a in
            (a + 1..<max(graph.nodeCount, a + 1)).compactMap { b in
                graph.isAdjacent(a, b)
                    ? nil : graph.inducingPath(a, b).map { GraphViolation(.inducingPath, nodes: $0) }
            }
        }
    }
}

extension MixedGraph {
    /// The nodes of a shortest directed path with at least one edge, from `start` to `end`, which may be the same.
    func directedPath(from start: Int, to end: Int) -> [Int]? {
        path(from: start, to: end, firstStep: children(of: start)) { children(of: $0) }
    }

    /// The nodes of a shortest inducing path between two nodes of an ancestral graph.
    ///
    /// Inner nodes are colliders, so the path is `a *-> c <-> … <-> d <-* b`; whether it may pass a node does not
    /// depend on how it came there.
    func inducingPath(_ a: Int, _ b: Int) -> [Int]? {
        let ends = anteriorSeparator(of: a, b)
        let last = arrowsFrom[b]
        return path(from: a, to: b, firstStep: arrowsFrom[a] & ends) { node in
            let next = spouses(of: node) & ends
            return last.contains(node) ? next | b : next
        }
    }

    /// The nodes of a shortest path with at least one edge, by the steps that are allowed; of several the one that
    /// breadth-first search, smaller nodes first, meets.
    func path(
        from start: Int, to end: Int, firstStep: NodeSet, step: (Int) -> NodeSet
    ) -> [Int]? {
        var previous = [Int](repeating: -1, count: nodeCount)
        var queue = Array(firstStep)
        for node in queue { previous[node] = start }
        var seen = firstStep
        var position = 0
        while position < queue.count, !seen.contains(end) {
            let node = queue[position]
            for next in step(node) - seen {
                previous[next] = node
                seen.insert(next)
                queue.append(next)
            }
            position += 1
        }
        guard seen.contains(end) else { return nil }
        var path = [end]
        var node = previous[end]
        while node != start, node >= 0 {
            path.append(node)
            node = previous[node]
        }
        return [start] + path.reversed()
    }
}
