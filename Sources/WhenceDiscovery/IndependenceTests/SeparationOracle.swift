/// Perfect answers: m-separation in a directed acyclic graph with latent and selection variables.
///
/// The nodes of the oracle are the observed ones: those that are neither latent nor selected on, renumbered from
/// 0 in ascending order (`observed`). Two are independent given a set when every path between them is blocked by
/// the set together with the selection variables: by a non-collider in it, or by a collider without a descendant
/// in it.
/// - Note: Richardson and Spirtes 2002, *Ancestral graph Markov models*, Annals of Statistics 30, §2.
public struct SeparationOracle: IndependenceTest {
    /// The graph's own number of every node of the oracle, ascending.
    public let observed: [Int]
    private let parents: [NodeSet]
    private let children: [NodeSet]
    /// For every node, itself and its ancestors.
    private let ancestors: [NodeSet]
    private let selection: NodeSet

    /// Makes an oracle.
    ///
    /// - Parameters:
    ///   - nodeCount: Nodes of the graph, latent and selection variables included.
    ///   - edges: `(parent, child)`.
    ///   - latents: Unobserved nodes.
    ///   - selection: Nodes that every answer is conditioned on.
    /// - Throws: `DiscoveryError.node` for an unknown or doubly named node, `.cycle` for a directed cycle.
    public init(
        nodeCount: Int, edges: [(parent: Int, child: Int)], latents: [Int] = [], selection: [Int] = []
    ) throws {
        precondition(nodeCount >= 0, "a graph cannot have \(nodeCount) nodes")
        let empty = NodeSet(capacity: nodeCount)
        var hidden = empty
        for (role, nodes) in [("latent variable", latents), ("selection variable", selection)] {
            for node in nodes {
                guard (0..<nodeCount).contains(node), !hidden.contains(node) else {
                    throw DiscoveryError.node(node, nodeCount: nodeCount, role: role)
                }
                hidden.insert(node)
            }
        }
        var parents = [NodeSet](repeating: empty, count: nodeCount)
        var children = parents
        for (parent, child) in edges {
            for (node, role) in [(parent, "parent"), (child, "child")] where !(0..<nodeCount).contains(node) {
                throw DiscoveryError.node(node, nodeCount: nodeCount, role: role)
            }
            parents[child].insert(parent)
            children[parent].insert(child)
        }
        self.parents = parents
        self.children = children
        self.selection = NodeSet(capacity: nodeCount, members: selection)
        ancestors = try Self.ancestors(parents: parents, children: children)
        observed = (0..<nodeCount).filter { !hidden.contains($0) }
    }

    /// Number of observed nodes.
    public var nodeCount: Int { observed.count }

    /// Nothing bounds the conditioning set.
    public var maximumConditioningSize: Int? { nil }

    /// Whether the two are m-separated by the set and the selection variables: p is 1 or 0.
    ///
    /// - Precondition: different observed nodes, `set` without them.
    /// - Complexity: O(nodes + edges).
    public func evaluate(_ i: Int, _ j: Int, given set: [Int]) -> IndependenceOutcome {
        var conditioned = selection
        for node in set { conditioned.insert(observed[node]) }
        let isSeparated = !isConnected(observed[i], observed[j], given: conditioned)
        return IndependenceOutcome(pValue: isSeparated ? 1 : 0, isIndependent: isSeparated)
    }

    /// The observed nodes that are ancestors of any of the given ones or of a selection variable; the given
    /// nodes count when they are ancestors of another of them.
    ///
    /// Two nodes of the maximal ancestral graph are adjacent exactly when this set, without themselves, does not
    /// separate them (Richardson and Spirtes 2002, Theorem 4.2).
    public func observedAncestors(of nodes: [Int]) -> [Int] {
        let sources = Array(selection) + nodes.map { observed[$0] }
        return (0..<nodeCount).filter { candidate in
            sources.contains { $0 != observed[candidate] && ancestors[$0].contains(observed[candidate]) }
        }
    }

    /// Bayes ball: walks from `source`, remembering for each node whether it was entered from a parent or from a
    /// child, because a conditioned node passes the former on to its parents only.
    private func isConnected(_ source: Int, _ target: Int, given conditioned: NodeSet) -> Bool {
        var open = NodeSet(capacity: parents.count)  // conditioned, or with a descendant that is
        for node in conditioned { open.formUnion(ancestors[node]) }
        var fromChild = NodeSet(capacity: parents.count)
        var fromParent = fromChild
        fromChild.insert(source)
        var frontier = [(node: source, isFromChild: true)]
        while let (node, isFromChild) = frontier.popLast() {
            if node == target { return true }
            let isBlocked = conditioned.contains(node)
            if isFromChild ? !isBlocked : open.contains(node) {
                let up = parents[node] - fromChild
                fromChild.formUnion(up)
                for parent in up { frontier.append((parent, true)) }
            }
            if !isBlocked {
                let down = children[node] - fromParent
                fromParent.formUnion(down)
                for child in down { frontier.append((child, false)) }
            }
        }
        return false
    }

    /// Reflexive ancestors by a topological sweep.
    private static func ancestors(parents: [NodeSet], children: [NodeSet]) throws -> [NodeSet] {
        var result = parents
        var waiting = parents.map(\.count)
        var ready = waiting.indices.filter { waiting[$0] == 0 }
        var done = 0
        while let node = ready.popLast() {
            done += 1
            for parent in parents[node] { result[node].formUnion(result[parent]) }
            result[node].insert(node)
            for child in children[node] {
                waiting[child] -= 1
                if waiting[child] == 0 { ready.append(child) }
            }
        }
        if done < parents.count, let node = waiting.indices.first(where: { waiting[$0] > 0 }) {
            throw DiscoveryError.cycle(
                through: Self.nodeOnCycle(from: node, parents: parents, waiting: waiting))
        }
        return result
    }

    /// Walks up unfinished parents until a node repeats: that node lies on a cycle.
    private static func nodeOnCycle(from start: Int, parents: [NodeSet], waiting: [Int]) -> Int {
        var seen = NodeSet(capacity: parents.count)
        var node = start
        while !seen.contains(node), let next = parents[node].first(where: { waiting[$0] > 0 }) {
            seen.insert(node)
            node = next
        }
        return node
    }
}
