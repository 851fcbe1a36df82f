/// Walks from a root along which every middle node is a possible separator: it is a collider between its two
/// neighbours on the walk, or those two are adjacent.
///
/// A walk is explored by its ordered steps `u → v`, because whether it may go on to `w` depends on where it came
/// from; each ordered step is taken once, each direction of an edge for itself, and never back into the root. So
/// the exploration is polynomial. It reaches what the paths of the definition reach and, where only a walk
/// that meets a node twice leads on, a little more: conditioning on more is never wrong, because the sets found
/// are only offered to the test.
/// - Note: Spirtes, Glymour and Scheines 2000, §6.7, Possible-D-SEP.
struct PossibleDSepWalk {
    private let graph: MixedGraph
    private let root: Int
    private let nobody: NodeSet
    /// For each v, every w to which a step `v → w` was taken.
    private var stepsFrom: [NodeSet]
    private var steps: [(from: Int, to: Int)] = []

    /// Smallest number of edges to every node explored; 0 for those not reached.
    private(set) var distances: [Int]
    /// Every node reached.
    private(set) var reached: NodeSet
    /// Every node to which a further step would lead, in the region or not.
    private(set) var frontier: NodeSet

    init(_ graph: MixedGraph, root: Int) {
        self.graph = graph
        self.root = root
        nobody = NodeSet(capacity: graph.nodeCount)
        stepsFrom = [NodeSet](repeating: nobody, count: graph.nodeCount)
        distances = [Int](repeating: 0, count: graph.nodeCount)
        (reached, frontier) = (nobody, nobody)
    }

    /// Where a walk that came by the step `u → v` may go.
    @inline(__always)
    private func next(after u: Int, _ v: Int) -> NodeSet {
        var targets = graph.adjacent[u]
        if graph.arrowsAt[v].contains(u) { targets.formUnion(graph.arrowsAt[v]) }
        targets.formIntersection(graph.adjacent[v])
        targets.remove(u)
        targets.remove(root)
        return targets
    }

    /// Explores the walks inside a region, which does not hold the root.
    ///
    /// - Complexity: O(s²) set operations for a region of s nodes.
    mutating func explore(within region: NodeSet, maximumDistance: Int = .max) {
        for node in reached {
            stepsFrom[node] = nobody
            distances[node] = 0
        }
        reached = graph.adjacent[root] & region
        frontier = graph.adjacent[root]
        steps.removeAll(keepingCapacity: true)
        for node in reached {
            distances[node] = 1
            steps.append((root, node))
        }
        var (start, distance) = (0, 1)
        while start < steps.count, distance < maximumDistance {
            let end = steps.count
            distance += 1
            for index in start..<end {
                let (u, v) = steps[index]
                let targets = next(after: u, v)
                frontier.formUnion(targets)
                let new = (targets & region) - stepsFrom[v]
                stepsFrom[v].formUnion(new)
                for w in new {
                    steps.append((v, w))
                    if !reached.contains(w) {
                        reached.insert(w)
                        distances[w] = distance
                    }
                }
            }
            start = end
        }
    }
}
