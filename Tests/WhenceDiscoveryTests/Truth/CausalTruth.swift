import WhenceDiscovery

/// A directed acyclic graph with latent and selection variables, and what follows from it by definition: its
/// independences over the observed nodes, its adjacencies, its partial ancestral graph. It shares no code with
/// the algorithms.
///
/// Two nodes are separated by a set when removing the set from the *moral graph* of all their ancestors disconnects
/// them (Lauritzen, Dawid, Larsen and Leimer 1990, *Independence properties of directed Markov fields*).
final class CausalTruth {
    /// Sets of nodes as bits.
    private let parents: [UInt32]
    private let children: [UInt32]
    private let ancestors: [UInt32]
    private let selection: UInt32
    private let observed: [Int]
    /// Answers by pair and conditioning set: 0 not asked yet, 1 separated, 2 connected.
    private var answers: [UInt8]

    init(_ dag: CausalDAG) {
        var parents = [UInt32](repeating: 0, count: dag.nodeCount)
        var children = parents
        for link in dag.links {
            parents[link.child] |= 1 << UInt32(link.parent)
            children[link.parent] |= 1 << UInt32(link.child)
        }
        var ancestors = parents.indices.map { UInt32(1) << UInt32($0) }
        for _ in parents.indices {
            for v in parents.indices {
                for parent in parents[v].nodes { ancestors[v] |= ancestors[parent] }
            }
        }
        self.parents = parents
        self.children = children
        self.ancestors = ancestors
        selection = dag.selection.reduce(0) { $0 | 1 << UInt32($1) }
        observed = parents.indices.filter { !dag.latents.contains($0) && !dag.selection.contains($0) }
        answers = [UInt8](repeating: 0, count: observed.count * observed.count << observed.count)
    }

    var nodeCount: Int { observed.count }
    var hasSelection: Bool { selection != 0 }

    /// Whether a set of observed nodes, with the selection variables, separates two observed nodes.
    func isSeparated(_ x: Int, _ y: Int, _ set: UInt8) -> Bool {
        let place = (x * nodeCount + y) << nodeCount | Int(set)
        if answers[place] == 0 {
            var given = selection
            for node in UInt32(set).nodes { given |= 1 << UInt32(observed[node]) }
            answers[place] = isMorallySeparated(observed[x], observed[y], given) ? 1 : 2
        }
        return answers[place] == 1
    }

    private func isMorallySeparated(_ x: Int, _ y: Int, _ given: UInt32) -> Bool {
        var relevant = ancestors[x] | ancestors[y]
        for node in given.nodes { relevant |= ancestors[node] }
        var reached: UInt32 = 1 << UInt32(x)
        var frontier = reached
        while frontier != 0 {
            var next: UInt32 = 0
            for v in frontier.nodes {
                next |= parents[v] | children[v]
                for child in (children[v] & relevant).nodes { next |= parents[child] }
            }
            frontier = next & relevant & ~given & ~reached
            reached |= frontier
            if reached >> UInt32(y) & 1 == 1 { return false }
        }
        return true
    }

    /// For every node of a subset, those of the subset that no set within it separates from it.
    func adjacent(within nodes: UInt8) -> [UInt8] {
        var adjacent = [UInt8](repeating: 0, count: nodeCount)
        for x in nodes.members {
            for y in nodes.members where y > x {
                let others = nodes & ~(1 << x | 1 << y)
                var set = others
                while !isSeparated(x, y, set), set != 0 { set = (set &- 1) & others }
                if !isSeparated(x, y, set) {
                    adjacent[x] |= 1 << y
                    adjacent[y] |= 1 << x
                }
            }
        }
        return adjacent
    }
}

extension UInt32 {
    /// The places of the bits, ascending.
    fileprivate var nodes: some Sequence<Int> {
        sequence(state: self) { rest in
            guard rest != 0 else { return nil }
            defer { rest &= rest &- 1 }
            return rest.trailingZeroBitCount
        }
    }
}
