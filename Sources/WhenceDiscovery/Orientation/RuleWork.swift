/// The nodes at which R1, R2 and R3 may apply, given what changed since each last looked at them.
///
/// A rule that found nothing at a node finds nothing there until a mark that its condition asks for is set: passing
/// the node over until then changes no outcome. Circles only disappear, and so give no work.
struct RuleWork: Sendable {
    /// R1 at b: an `a *-> b` is new.
    var rule1: PendingNodes
    /// R2 at a: an edge of `a --> b *-> c` or `a *-> b --> c` is new.
    var rule2: PendingNodes
    /// R3 at b: an `a *-> b` is new.
    var rule3: PendingNodes

    /// All nodes are pending.
    init(nodeCount: Int) {
        let all = PendingNodes(nodes: NodeSet(allOf: nodeCount))
        (rule1, rule2, rule3) = (all, all, all)
    }

    /// Takes note of a mark that was set.
    mutating func note(_ mark: Mark, at node: Int, from other: Int, in graph: MixedGraph) {
        switch mark {
        case .arrow:
            rule1.nodes.insert(node)
            rule3.nodes.insert(node)
            rule2.nodes.insert(other)
            // `a *-> other *-> node`, if either edge has a tail at its near end.
            rule2.nodes.formUnion(graph.arrowsAt[other], within: graph.adjacent[node])
        case .tail:
            rule2.nodes.insert(node)
            // `a *-> node --> other`.
            rule2.nodes.formUnion(graph.arrowsAt[node], within: graph.adjacent[other])
        case .circle: break
        }
    }
}

/// Nodes that wait for one rule.
struct PendingNodes: Sendable {
    var nodes: NodeSet

    /// Whether a node waits; it no longer does.
    @inline(__always)
    mutating func take(_ node: Int) -> Bool {
        guard nodes.contains(node) else { return false }
        nodes.remove(node)
        return true
    }
}
