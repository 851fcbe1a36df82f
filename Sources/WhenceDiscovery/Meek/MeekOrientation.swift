/// Directs the edges of a graph without latent variables that follow from those directed already.
///
/// Each round judges every undirected edge, in both directions, by all rules on the graph that the round began with,
/// and then directs them together: so the outcome does not depend on the order of the nodes. An edge that the rules
/// direct both ways becomes `<->`, which no rule reads.
/// - Note: Meek 1995, *Causal inference and causal explanation with background knowledge*, UAI, §2.1.2 and Figure 1.
struct MeekOrientation {
    var graph: MixedGraph
    /// What may end the orientation before its fixed point; edges directed until then are directed rightly.
    var interruption: Interruption?

    /// Directs edges until no rule applies.
    mutating func orient() {
        while orientOnce() {}
    }

    /// One round; false when no rule applied, or when time was over.
    private mutating func orientOnce() -> Bool {
        var directed: [(from: Int, to: Int)] = []
        for a in 0..<graph.nodeCount {
            for b in graph.undirectedNeighbours(of: a) {
                if interruption?.comes(after: 4) ?? false { return false }
                if isDirected(a, b) { directed.append((a, b)) }
            }
        }
        for (a, b) in directed { graph.setMark(.arrow, at: b, from: a) }
        return !directed.isEmpty
    }

    /// Whether `a --- b` has to be `a --> b`.
    private func isDirected(_ a: Int, _ b: Int) -> Bool {
        meekRule1(a, b) || meekRule2(a, b) || meekRule3(a, b) || meekRule4(a, b)
    }
}

extension MixedGraph {
    /// Every u with `u --- v`.
    func undirectedNeighbours(of v: Int) -> NodeSet { tailsAt[v] & tailsFrom[v] }

    /// Turns every edge into `---`.
    mutating func fillWithTails() {
        for node in 0..<nodeCount {
            for other in adjacent[node] { setMark(.tail, at: node, from: other) }
        }
    }
}
