/// Where uncovered potentially directed paths lead, for R9 and R10.
///
/// On an *uncovered* path the neighbours of every middle node are not adjacent; on a *potentially directed* one no
/// edge has an arrowhead at its near end or a tail at its far end.
///
/// Whether a path may go on to w depends on its last step `u → v` only, so ends are found by reachability over
/// ordered steps, each taken once. That admits walks which meet a node twice. Zhang's proofs of R9 and R10 hold for
/// them unchanged: once one edge of such a walk is directed, every later one must be, because no triple of it is
/// a collider, and a directed walk makes ancestors just as a directed path does. In a legal graph without
/// selection bias no such walk repeats a node: a loop with an arrowhead would be a directed cycle, and a loop of
/// circle edges with at most one shielded triple cannot lie in a chordal circle component.
struct UncoveredPaths {
    private let graph: MixedGraph
    private let ambiguity: AmbiguousTriples
    private let interruption: Interruption?
    /// By first step `a → b`, what is known of where it leads.
    private var known: [Ends?]

    private struct Ends {
        var nodes: NodeSet
        var areAll: Bool
    }

    init(_ graph: MixedGraph, ambiguity: AmbiguousTriples, interruption: Interruption? = nil) {
        self.graph = graph
        self.ambiguity = ambiguity
        self.interruption = interruption
        known = [Ends?](repeating: nil, count: graph.nodeCount * graph.nodeCount)
    }

    /// Those of some nodes at which uncovered potentially directed paths `⟨a, b, …⟩` end, b itself among them: all, or
    /// at least `count`, where the search was over.
    ///
    /// - Complexity: O(nodes²) set operations, O(1) where an earlier search found enough.
    mutating func ends(from a: Int, by b: Int, among wanted: NodeSet, upTo count: Int) -> NodeSet {
        let place = a * graph.nodeCount + b
        if let ends = known[place] {
            let found = ends.nodes & wanted
            if ends.areAll || found.count >= count { return found }
        }
        let ends = search(from: a, by: b) { (wanted & $0).count >= count }
        // Another search of the same step stopped elsewhere, and what it found still holds.
        let earlier = known[place]?.nodes ?? ends.nodes
        known[place] = Ends(nodes: ends.nodes | earlier, areAll: ends.areAll)
        return ends.nodes & wanted
    }

    private func search(from a: Int, by b: Int, until isEnough: (NodeSet) -> Bool) -> Ends {
        var stepsFrom = [NodeSet](repeating: NodeSet(capacity: graph.nodeCount), count: graph.nodeCount)
        var ends = NodeSet(capacity: graph.nodeCount, members: [b])
        var steps = [(from: a, to: b)]
        while !isEnough(ends), let (u, v) = steps.popLast() {
            // The ends found are ends; that some are missing makes two rules apply less often, for they end too.
            if let interruption, interruption.comes(after: 4) { break }
            var new = graph.potentialChildren(of: v)
            new.subtract(graph.adjacent[u])
            new.remove(u)
            new.remove(a)
            ambiguity.remove(from: &new, beyond: u, through: v)
            new.subtract(stepsFrom[v])
            stepsFrom[v].formUnion(new)
            ends.formUnion(new)
            for w in new { steps.append((v, w)) }
        }
        return Ends(nodes: ends, areAll: steps.isEmpty)
    }
}
