/// Walks and paths from a root along which every middle node is a possible separator: it is a collider between its
/// two neighbours on the walk, or those two are adjacent.
///
/// A walk is explored by its ordered steps `u → v`, because whether it may go on to `w` depends on where it came
/// from; each ordered step is taken once, each direction of an edge for itself, and never back into the root.
/// So the exploration is polynomial.
///
/// The walk that first reaches a node nearly always meets no node twice, and then it is a shortest *path*. Where it
/// does meet one twice, `explorePaths` looks for a path to that node alone, with a bounded effort; it keeps the node
/// when the effort does not suffice, because a needless candidate costs a test and a missing one an edge.
/// - Note: Spirtes, Glymour and Scheines 2000, §6.7, Possible-D-SEP.
struct PossibleDSepWalk {
    /// Rows of the graph: neighbours, and those with an arrowhead here.
    private let adjacent: [NodeSet]
    private let arrowsAt: [NodeSet]
    private let root: Int
    private let nobody: NodeSet
    /// For each v, every w to which a step `v → w` was taken.
    private var stepsFrom: [NodeSet]
    /// Steps in the order they were taken, each with the position of the one before it on its walk.
    private var steps: [(from: Int, to: Int, previous: Int)] = []

    /// Smallest number of edges to every node explored; 0 for those not reached.
    private(set) var distances: [Int]
    /// Every node reached.
    private(set) var reached: NodeSet
    /// Every node to which a further step would lead, in the region or not; complete when nothing was wanted.
    private(set) var frontier: NodeSet

    /// Steps looked at so far, in all explorations.
    private(set) var work = 0

    /// Steps that the search for a path may take before it gives up.
    private static let effort = 10_000

    init(_ graph: MixedGraph, root: Int) {
        adjacent = graph.adjacent
        arrowsAt = graph.arrowsAt
        self.root = root
        nobody = NodeSet(capacity: graph.nodeCount)
        stepsFrom = [NodeSet](repeating: nobody, count: graph.nodeCount)
        distances = [Int](repeating: 0, count: graph.nodeCount)
        (reached, frontier) = (nobody, nobody)
    }

    /// Where a walk that came by the step `u → v` may go.
    @inline(__always)
    private func next(after u: Int, _ v: Int) -> NodeSet {
        var targets = adjacent[u]
        if arrowsAt[v].contains(u) { targets.formUnion(arrowsAt[v]) }
        targets.formIntersection(adjacent[v])
        targets.remove(u)
        targets.remove(root)
        return targets
    }

    /// Explores the walks inside a region, which does not hold the root.
    ///
    /// - Complexity: O(s²) set operations for a region of s nodes.
    mutating func exploreWalks(within region: NodeSet) {
        _ = explore(within: region, wanted: nil, maximumDistance: .max)
    }

    /// Explores the paths inside a region, which does not hold the root; `frontier` is that of the walks.
    ///
    /// - Parameter wanted: Nodes of the region; once all of them are reached, the exploration is over.
    mutating func explorePaths(within region: NodeSet, wanted: NodeSet? = nil, maximumDistance: Int = .max) {
        let doubtful = explore(within: region, wanted: wanted, maximumDistance: maximumDistance)
        for node in wanted.map({ doubtful & $0 }) ?? doubtful {
            settle(node, within: region, maximumDistance: maximumDistance)
        }
    }

    /// Whether every member of a set is reached by a path through members.
    mutating func reachesAll(of set: NodeSet) -> Bool {
        explorePaths(within: set, wanted: set)
        return reached == set
    }

    /// Explores walks; returns the nodes whose first walk met a node twice.
    private mutating func explore(
        within region: NodeSet, wanted: NodeSet?, maximumDistance: Int
    ) -> NodeSet {
        work += 1
        for node in reached { distances[node] = 0 }
        for (node, _, _) in steps { stepsFrom[node] = nobody }
        var doubtful = nobody
        reached = adjacent[root] & region
        frontier = adjacent[root]
        steps.removeAll(keepingCapacity: true)
        for node in reached { distances[node] = 1 }
        if let wanted, wanted.isSubset(of: reached) { return doubtful }
        for node in reached { steps.append((root, node, -1)) }
        var (start, distance) = (0, 1)
        while start < steps.count, distance < maximumDistance {
            let end = steps.count
            distance += 1
            for index in start..<end {
                let (u, v, _) = steps[index]
                work += 1
                let targets = next(after: u, v)
                frontier.formUnion(targets)
                let new = (targets & region) - stepsFrom[v]
                stepsFrom[v].formUnion(new)
                for w in new {
                    steps.append((v, w, index))
                    if !reached.contains(w) {
                        reached.insert(w)
                        distances[w] = distance
                        if !isPath(steps.count - 1) { doubtful.insert(w) }
                    }
                }
                if let wanted, !new.isEmpty, wanted.isSubset(of: reached) { return doubtful }
            }
            start = end
        }
        return doubtful
    }

    /// Whether the walk that ends with a step meets no node twice.
    private func isPath(_ step: Int) -> Bool {
        var met = nobody
        var place = step
        while place >= 0 {
            guard !met.contains(steps[place].to) else { return false }
            met.insert(steps[place].to)
            place = steps[place].previous
        }
        return true
    }

    /// Gives a node the length of its shortest path, or takes it out when no path reaches it.
    private mutating func settle(_ node: Int, within region: NodeSet, maximumDistance: Int) {
        var effort = Self.effort
        defer { work += Self.effort - effort }
        let longest = min(maximumDistance, region.count)
        var length = distances[node]
        while length <= longest {
            for first in adjacent[root] & region {
                if hasPath(root, first, to: node, length: length - 1, within: region - first, &effort) {
                    distances[node] = length
                    return
                }
            }
            if effort == 0 { return }
            length += 1
        }
        reached.remove(node)
        distances[node] = 0
    }

    /// Whether a path that came by `u → v` reaches a node after `length` more edges, through nodes of the region.
    private func hasPath(
        _ u: Int, _ v: Int, to node: Int, length: Int, within region: NodeSet, _ effort: inout Int
    ) -> Bool {
        if length == 0 { return v == node }
        guard v != node, effort > 0 else { return false }
        effort -= 1
        return (next(after: u, v) & region).contains {
            hasPath(v, $0, to: node, length: length - 1, within: region - $0, &effort)
        }
    }
}
