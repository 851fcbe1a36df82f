/// Statements of background knowledge while they are gathered, and the check that they can hold together.
struct KnowledgeStatements {
    /// Row v: every u that v does not cause.
    private(set) var notCaused: [NodeSet]
    /// Row v: every u with a required edge `v → u`.
    private(set) var effects: [NodeSet]

    private let nodeCount: Int
    private let names: [String]?
    private let nobody: NodeSet
    private var tierOfNode: [Int?]
    private var tiers: [BackgroundKnowledge.Tier] = []
    private var forbidden: [NodeSet]

    init(nodeCount: Int, names: [String]?) {
        self.nodeCount = nodeCount
        self.names = names
        nobody = NodeSet(capacity: nodeCount)
        let rows = [NodeSet](repeating: nobody, count: nodeCount)
        (notCaused, effects, forbidden) = (rows, rows, rows)
        tierOfNode = [Int?](repeating: nil, count: nodeCount)
    }

    mutating func add(tiers: [BackgroundKnowledge.Tier]) throws {
        self.tiers = tiers
        var earlier = nobody
        for (place, tier) in tiers.enumerated() {
            for node in tier.nodes {
                try check(node)
                if let known = tierOfNode[node], known != place {
                    throw contradiction(node, node, "the variable is in two tiers")
                }
                tierOfNode[node] = place
            }
            let members = NodeSet(capacity: nodeCount, members: tier.nodes)
            for node in members {
                notCaused[node].formUnion(earlier)
                if tier.forbidsEdgesWithin { notCaused[node].formUnion(members - node) }
            }
            earlier.formUnion(members)
        }
    }

    mutating func forbid(_ edge: BackgroundKnowledge.DirectedEdge) throws {
        for node in [edge.cause, edge.effect] { try check(node) }
        // That nothing causes itself goes without saying; groups and wildcards do say it.
        guard edge.cause != edge.effect else { return }
        forbidden[edge.cause].insert(edge.effect)
        notCaused[edge.cause].insert(edge.effect)
    }

    mutating func require(_ edge: BackgroundKnowledge.DirectedEdge) throws {
        for node in [edge.cause, edge.effect] { try check(node) }
        guard edge.cause != edge.effect else {
            throw contradiction(edge.cause, edge.effect, "nothing causes itself")
        }
        effects[edge.cause].insert(edge.effect)
    }

    /// Holds the required edges against all other statements, and takes back what forbidden edges do not license.
    mutating func checkRequiredEdges() throws {
        for cause in 0..<nodeCount {
            for effect in effects[cause] {
                if forbidden[cause].contains(effect) {
                    throw contradiction(cause, effect, "the edge is required and forbidden")
                }
                try checkTiers(cause, effect)
            }
        }
        for cause in 0..<nodeCount where !effects[cause].isEmpty {
            let reached = descendants(of: cause)
            if reached.contains(cause) {
                throw contradiction(cause, cause, "required edges lead from the variable back to itself")
            }
            for effect in reached {
                guard let early = tierOfNode[effect], let late = tierOfNode[cause], late > early else {
                    continue
                }
                throw contradiction(
                    cause, effect,
                    "required edges lead from the one to the other, which is in an earlier tier")
            }
            notCaused[cause].subtract(reached)
        }
    }

    private func checkTiers(_ cause: Int, _ effect: Int) throws {
        guard let from = tierOfNode[cause], let to = tierOfNode[effect] else { return }
        if from > to {
            throw contradiction(cause, effect, "the edge is required, but the effect is in an earlier tier")
        }
        if from == to, tiers[from].forbidsEdgesWithin {
            throw contradiction(cause, effect, "the edge is required, but their tier forbids edges within")
        }
        if to - from > 1, tiers[from].causesOnlyNextTier {
            throw contradiction(cause, effect, "the edge is required, but that tier causes only the next one")
        }
    }

    /// Every node that required edges lead to.
    private func descendants(of node: Int) -> NodeSet {
        var found = effects[node]
        var frontier = Array(found)
        while let next = frontier.popLast() {
            let new = effects[next] - found
            found.formUnion(new)
            frontier.append(contentsOf: new)
        }
        return found
    }

    private func check(_ node: Int) throws {
        guard (0..<nodeCount).contains(node) else {
            throw DiscoveryError.node(
                node, nodeCount: nodeCount, role: "variable of the background knowledge")
        }
    }

    private func contradiction(_ cause: Int, _ effect: Int, _ reason: String) -> DiscoveryError {
        let name = { (node: Int) in names.flatMap { $0.indices.contains(node) ? $0[node] : nil } ?? "\(node)"
        }
        return .contradictoryKnowledge(cause: name(cause), effect: name(effect), reason: reason)
    }
}
