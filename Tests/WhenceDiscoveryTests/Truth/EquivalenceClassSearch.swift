import WhenceDiscovery

/// The partial ancestral graph by its definition, for up to eight nodes: all maximal ancestral graphs with given
/// adjacencies and given independences are built, and a mark is what all of them agree on.
///
/// No rule of orientation takes part. A graph is built from its ancestors down: first the nodes with undirected edges, all
/// at once, then one node after another, none of which is an ancestor of an earlier one. A new node v chooses
/// its parents among its earlier neighbours; the others become its spouses. Two things are asked of every earlier node
/// x that has no edge to v, as the definitions read: the independences hold "x and v given all nodes anterior to
/// either", which is the pairwise Markov property, and no inducing path joins x and v. Neither can change later, because
/// later nodes are anterior to no earlier one.
///
/// What was built is a set of rows of a byte: row v holds the nodes anterior to v, v among them. It says everything:
/// the mark at a on `a - b` is a tail when a is anterior to b. For every mark that no graph has shown so far, graphs with
/// that mark are searched for; when the search ends without one there is none, and that is then known of all.
///
/// Sources: Richardson and Spirtes 2002, §3 and Theorem 4.2 (ancestral graphs, maximality); Sadeghi and Lauritzen
/// 2014, Theorem 4 (the pairwise Markov property is the global one); Spirtes and Richardson 1996 (with the same
/// adjacencies, one graph's independences among the other's make the two equivalent).
struct EquivalenceClassSearch {
    private let nodes: UInt8
    private let adjacent: [UInt8]
    private let adjacencies: UInt64
    private let isSeparated: (Int, Int, UInt8) -> Bool
    /// Row b, bit a: some graph is seen, or known, to have a tail, or an arrowhead, at a on `a - b`.
    private var tails: UInt64 = 0
    private var arrows: UInt64 = 0
    private var known: AnteriorFacts
    /// Nodes with undirected edges in the graphs being built.
    private var undirected: UInt8 = 0
    private var visited: Set<UInt64> = []
    private var stepsLeft = 0
    /// The order in which nodes are tried.
    private var order: [Int]
    private var generator = SplitMix64(seed: 8)

    /// Searches.
    ///
    /// - Parameters:
    ///   - nodes: The nodes of the graphs; at most eight.
    ///   - adjacent: For every node the set of its neighbours.
    ///   - selectionBias: Whether graphs with undirected edges count.
    ///   - known: What is known of every graph of the class.
    ///   - maximumSteps: Partial graphs after which the search for one mark gives up.
    ///   - isSeparated: Whether the independences hold that of two nodes given a set.
    init(
        nodes: UInt8, adjacent: [UInt8], selectionBias: Bool, known: AnteriorFacts = AnteriorFacts(),
        maximumSteps: Int, isSeparated: @escaping (Int, Int, UInt8) -> Bool
    ) {
        self.nodes = nodes
        order = Array(nodes.members)
        self.adjacent = adjacent
        self.isSeparated = isSeparated
        self.known = known.among(nodes)
        adjacencies = adjacent.indices.reduce(0) { $0 | UInt64(adjacent[$1]) << (8 * UInt64($1)) }
        tails = adjacencies & self.known.always
        arrows = adjacencies & self.known.never
        let blocks = (0...(selectionBias ? nodes : 0)).filter { $0 & ~nodes == 0 }
        var budget = 50
        repeat {
            // Another order of nodes each time: what one finds late, another may find at once.
            order.shuffle(using: &generator)
            for b in nodes.members {
                for a in adjacent[b].members { decide(a, b, blocks, budget) }
            }
            budget *= 10
        } while !isComplete && budget <= maximumSteps
    }

    /// Searches for a tail and for an arrowhead at a on `a - b`, unless that is seen or known.
    private mutating func decide(_ a: Int, _ b: Int, _ blocks: [UInt8], _ budget: Int) {
        let bit: UInt64 = 1 << UInt64(8 * b + a)
        if (tails | known.never) & bit == 0, isRefuted(Target(bit: bit, isTail: true), blocks, budget) {
            known.never |= bit
        }
        if (arrows | known.always) & bit == 0, isRefuted(Target(bit: bit, isTail: false), blocks, budget) {
            known.always |= bit
        }
    }

    /// Whether no graph has a mark; false when one is found, and when the steps for some block were too few.
    private mutating func isRefuted(_ wanted: Target, _ blocks: [UInt8], _ budget: Int) -> Bool {
        var isRefuted = true
        for block in blocks {
            guard let rows = rowsOfUndirected(block) else { continue }
            undirected = block
            visited = []
            stepsLeft = budget
            if extend(rows, placed: block, wanted) { return false }
            isRefuted = isRefuted && stepsLeft > 0
        }
        return isRefuted
    }

    /// Whether every mark is decided.
    var isComplete: Bool { adjacencies & ~((tails | known.never) & (arrows | known.always)) == 0 }

    /// Whether a graph has the mark wherever it is known that all graphs have the same one, and a circle wherever both
    /// were seen; the whole answer when the search is complete.
    func agrees(with graph: MixedGraph) -> Bool {
        for b in nodes.members {
            for a in adjacent[b].members {
                let bit: UInt64 = 1 << UInt64(8 * b + a)
                let mark = graph.mark(at: a, from: b)
                if known.always & bit != 0, mark != .tail { return false }
                if known.never & bit != 0, mark != .arrow { return false }
                if tails & arrows & bit != 0, mark != .circle { return false }
            }
        }
        return true
    }

    /// What all graphs agree on, about neighbours, as far as it was found out.
    var facts: AnteriorFacts { known }

    /// What all graphs agree on.
    var partialAncestralGraph: MixedGraph {
        var graph = MixedGraph(nodeCount: adjacent.count)
        func mark(at a: Int, from b: Int) -> Mark {
            let bit: UInt64 = 1 << UInt64(8 * b + a)
            return known.always & bit != 0 ? .tail : known.never & bit != 0 ? .arrow : .circle
        }
        for a in adjacent.indices {
            for b in 0..<a where adjacent[a] >> b & 1 == 1 {
                graph.connect(Edge(a, mark(at: a, from: b), mark(at: b, from: a), b))
            }
        }
        return graph
    }

    /// The rows when exactly these nodes have undirected edges; `nil` when they cannot.
    private func rowsOfUndirected(_ block: UInt8) -> UInt64? {
        var rows: UInt64 = 0
        for node in block.members {
            guard adjacent[node] & block != 0 else { return nil }
            var component: UInt8 = 1 << node
            var frontier = component
            while frontier != 0 {
                var next: UInt8 = 0
                for other in frontier.members { next |= adjacent[other] & block }
                frontier = next & ~component
                component |= next
            }
            guard known.allow(component, anteriorTo: node) else { return nil }
            rows |= UInt64(component) << UInt64(8 * node)
        }
        for a in block.members {
            for b in (block & ~adjacent[a]).members where b > a {
                guard isSeparated(a, b, (rows.row(a) | rows.row(b)) & ~(1 << a | 1 << b)) else { return nil }
            }
        }
        return rows
    }

    /// Whether a whole graph with the wanted mark is found below a partial one.
    private mutating func extend(_ rows: UInt64, placed: UInt8, _ wanted: Target) -> Bool {
        guard stepsLeft > 0, wanted.isPossible(rows, placed: placed, undirected: undirected) else {
            return false
        }
        stepsLeft -= 1
        if placed == nodes {
            tails |= adjacencies & rows
            arrows |= adjacencies & ~rows
            return true
        }
        for v in order where placed >> v & 1 == 0 {
            let earlier = adjacent[v] & placed
            // All subsets of the earlier neighbours, the whole set first.
            var parents = earlier
            while true {
                if parents & undirected == earlier & undirected {
                    var anterior: UInt8 = 1 << v
                    for parent in parents.members { anterior |= rows.row(parent) }
                    let extended = rows | UInt64(anterior) << UInt64(8 * v)
                    // A neighbour above a parent is itself a parent: otherwise the cycle is almost directed.
                    if anterior & earlier == parents, known.allow(anterior, anteriorTo: v),
                        !visited.contains(extended),
                        isAllowed(v, extended, placed: placed)
                    {
                        visited.insert(extended)
                        if extend(extended, placed: placed | 1 << v, wanted) { return true }
                    }
                }
                if parents == 0 { break }
                parents = (parents &- 1) & earlier
            }
        }
        return false
    }

    /// Whether v and every earlier node without an edge to it are separated, in the given independences and in the
    /// graph being built.
    private func isAllowed(_ v: Int, _ rows: UInt64, placed: UInt8) -> Bool {
        for x in (placed & ~adjacent[v]).members {
            let separator = (rows.row(v) | rows.row(x)) & ~(1 << v | 1 << x)
            guard isSeparated(min(x, v), max(x, v), separator) else { return false }
            // An inducing path: v <-> c <-> … <-> d <-* x through nodes anterior to v or x.
            var reached: UInt8 = 1 << v
            var frontier = reached
            while frontier != 0 {
                var next: UInt8 = 0
                for c in frontier.members { next |= spouses(of: c, rows, among: separator) }
                frontier = next & ~reached
                reached |= next
            }
            let arrowsFromX = adjacent[x] & ~rows.row(x)
            if reached & arrowsFromX & separator != 0 { return false }
        }
        return true
    }

    /// The neighbours of c that are not anterior to it, nor it to them.
    private func spouses(of c: Int, _ rows: UInt64, among nodes: UInt8) -> UInt8 {
        var spouses = adjacent[c] & nodes & ~rows.row(c)
        for other in spouses.members where rows.row(other) >> c & 1 == 1 { spouses &= ~(1 << other) }
        return spouses
    }
}

/// A mark that is searched for: whether the node of the bit is anterior to that of the row.
private struct Target {
    var bit: UInt64
    var isTail: Bool

    /// Whether the mark is there, or may still come about.
    func isPossible(_ rows: UInt64, placed: UInt8, undirected: UInt8) -> Bool {
        let (b, a) = (bit.trailingZeroBitCount / 8, bit.trailingZeroBitCount % 8)
        if placed >> b & 1 == 1 { return (rows & bit != 0) == isTail }
        // Later nodes have arrowheads on their side of an edge to an undirected one.
        return isTail || undirected >> a & 1 == 0
    }
}

/// What holds in every graph of a class: row b, bit a says that a is always, or never, anterior to b.
struct AnteriorFacts {
    var always: UInt64 = 0
    var never: UInt64 = 0

    /// The facts about some of the nodes.
    func among(_ nodes: UInt8) -> AnteriorFacts {
        var rows: UInt64 = 0
        for node in nodes.members { rows |= UInt64(nodes) << UInt64(8 * node) }
        return AnteriorFacts(always: always & rows, never: never & rows)
    }

    func allow(_ nodes: UInt8, anteriorTo b: Int) -> Bool {
        always.row(b) & ~nodes == 0 && never.row(b) & nodes == 0
    }
}

extension UInt64 {
    fileprivate func row(_ node: Int) -> UInt8 { UInt8(truncatingIfNeeded: self >> UInt64(8 * node)) }
}

extension UInt8 {
    /// The places of the bits, ascending.
    var members: some Sequence<Int> {
        sequence(state: self) { rest in
            guard rest != 0 else { return nil }
            defer { rest &= rest &- 1 }
            return rest.trailingZeroBitCount
        }
    }
}
