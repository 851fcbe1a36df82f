/// Directs the edges of a graph without latent variables that follow from those directed already.
///
/// Each round judges every undirected edge, in both directions, by all rules on the graph that the round began with,
/// and then directs them together: so the outcome does not depend on the order of the nodes. An edge that the rules
/// direct both ways becomes `<->`, which no rule reads.
/// - Note: Meek 1995, *Causal inference and causal explanation with background knowledge*, UAI, §2.1.2 and Figure 1.
struct MeekOrientation {
    /// The colliders to start from, and what may end the orientation before its fixed point; edges directed until then
    /// are directed rightly.
    private(set) var orientation: Orientation

    /// - Parameter orientation: A graph of `---`, `-->` and `<->`.
    init(_ orientation: Orientation) { self.orientation = orientation }

    var graph: MixedGraph { orientation.graph }

    /// Directs edges until no rule applies.
    mutating func orient() {
        while orientOnce() {}
    }

    /// One round; false when no rule applied, or when time was over.
    private mutating func orientOnce() -> Bool {
        var directed: [(from: Int, to: Int, rule: OrientationRule)] = []
        for a in 0..<graph.nodeCount {
            for b in graph.undirectedNeighbours(of: a) {
                if orientation.mustEnd(after: 4) { return false }
                if let rule = ruleThatDirects(a, b) { directed.append((a, b, rule)) }
            }
        }
        for (a, b, rule) in directed {
            orientation.beginSweep(rule)
            orientation.draw(.arrow, at: b, from: a)
        }
        return !directed.isEmpty
    }

    /// The rule by which `a --- b` has to be `a --> b`.
    private func ruleThatDirects(_ a: Int, _ b: Int) -> OrientationRule? {
        if meekRule1(a, b) { return .meek1 }
        if meekRule2(a, b) { return .meek2 }
        if meekRule3(a, b) { return .meek3 }
        return meekRule4(a, b) ? .meek4 : nil
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
