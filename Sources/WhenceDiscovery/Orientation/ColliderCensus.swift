/// The separating sets of every two nodes that might be the ends of an unshielded triple, for the conservative
/// collider rule.
///
/// For sizes 0, 1, …, every two nodes without an edge but with a common neighbour are tested given the subsets of the
/// neighbours of either in the final skeleton. The set recorded by the search counts among them, as it may lie
/// outside. What one separating set holds and another lacks is *disputed*, and recorded as such.
/// - Note: Ramsey, Spirtes and Zhang 2006, *Adjacency-faithfulness and conservative causal inference*, UAI, §3;
///   Colombo and Maathuis 2014, *Order-independent constraint-based causal structure learning*, JMLR 15, §4.2. With
///   perfect answers nothing is disputed: a node on an unshielded triple, or at the end of a discriminating path,
///   is in all sets that separate the ends or in none.
struct ColliderCensus {
    /// Two nodes, their common neighbours, and what their separating sets say of each so far.
    private struct Pair {
        var separator: SeparatingSet
        var middles: NodeSet
        var pools: [NodeSet]
        /// Middles that all sets hold, and those that some set holds.
        var always: NodeSet
        var ever: NodeSet

        /// Whether another set could change nothing.
        var isSettled: Bool { always.isEmpty && middles.isSubset(of: ever) }
    }

    private var pairs: [Pair] = []
    private let nodeCount: Int

    init(_ state: SkeletonState) {
        let graph = state.graph
        nodeCount = graph.nodeCount
        for separator in state.separators.sorted {
            let (ofA, ofB) = (graph.adjacent[separator.a], graph.adjacent[separator.b])
            let middles = ofA & ofB
            guard !middles.isEmpty else { continue }
            let held = NodeSet(capacity: graph.nodeCount, members: separator.set)
            let disputed = NodeSet(
                capacity: graph.nodeCount, members: state.separators.disputed(separator.a, separator.b))
            pairs.append(
                Pair(
                    separator: separator, middles: middles, pools: [ofA, ofB],
                    always: middles & (held - disputed), ever: middles & (held | disputed)))
        }
    }

    /// Makes the tests.
    ///
    /// - Returns: Where a bound on time or on tests ended them, with a size above all that were tested, for no edge
    ///   hangs on it; what was found until then is kept. A bound on the size of conditioning sets limits which sets
    ///   there are, and ends nothing.
    mutating func run(_ session: TestSession) -> SearchEnd? {
        var size = 0
        while session.allows(conditioningSize: size),
            pairs.contains(where: { pair in pair.pools.contains { $0.count >= size } })
        {
            session.enter(.colliders, conditioningSize: size, edgeCount: session.edgeCount)
            do throws(BoundReached) {
                for index in pairs.indices where !pairs[index].isSettled {
                    try test(&pairs[index], size, session)
                }
            } catch {
                return SearchEnd(stage: .colliders, size: session.counts.count, bound: error.bound)
            }
            size += 1
        }
        return nil
    }

    private func test(_ pair: inout Pair, _ size: Int, _ session: TestSession) throws(BoundReached) {
        try session.checkInterruption()
        let (a, b) = (pair.separator.a, pair.separator.b)
        for (place, pool) in pair.pools.enumerated() {
            if place > 0, pool.isSubset(of: pair.pools[0]) { continue }
            guard var walk = SubsetWalk(of: Array(pool), size: size) else { continue }
            repeat {
                if place > 0, walk.current.allSatisfy(pair.pools[0].contains) {
                    try session.passOver()
                    continue
                }
                guard try session.judgeAgain(a, b, given: walk.current).isIndependent else { continue }
                let held = pair.middles & NodeSet(capacity: nodeCount, members: walk.current)
                pair.always.formIntersection(held)
                pair.ever.formUnion(held)
                if pair.isSettled { return }
            } while walk.advance()
        }
    }

    /// Records what is disputed.
    func record(in state: inout SkeletonState) {
        for pair in pairs {
            state.record(pair.separator, disputed: Array(pair.ever - pair.always))
        }
    }
}
