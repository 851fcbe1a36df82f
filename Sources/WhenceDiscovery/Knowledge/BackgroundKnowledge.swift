/// What is known about causes before a search: tiers of time, and edges that are forbidden or required.
///
/// What each statement licenses in a graph with latent confounders, and nothing more:
/// - *A does not cause B* (forbidden `A → B`, A in a later tier than B, both in a tier that forbids edges within):
///   an arrowhead at A on an edge between them, `A <-* B`. The edge may stay, because a latent variable may confound
///   the two, and nothing follows about the mark at B. "Causes" means: through any number of variables.
/// - *A causes B directly* (required `A → B`): the edge `A --> B`, which no stage tests and none removes.
/// - *A tier only causes the next one*: no mark at all, for an indirect cause of a far tier is still a cause. Required
///   edges are checked against it.
///
/// Where required edges make A a cause of B through others, a forbidden edge `A → B` speaks of the direct one only,
/// and licenses no mark either.
///
/// The marks are drawn whenever a run clears the others, before R0; no rule changes them. With tiers alone the rules
/// then find every mark that tiers and independences imply (Andrews, Spirtes and Cooper 2020, *On the completeness of
/// causal discovery in the presence of latent confounding with tiered background knowledge*, AISTATS); with other
/// knowledge each mark is sound, but more might be implied. Which conditioning
/// sets PC, FCI and RFCI test does not depend on knowledge: leaving out later tiers is sound for tiers, but would change
/// the tests that decide an edge. Those of ICD follow the marks of the graph so far, and so these too. An arrowhead
/// also says that the node is no ancestor of a selection variable: give no knowledge about nodes that are.
public struct BackgroundKnowledge: Sendable, Hashable {
    /// Number of variables that the knowledge is about.
    public let nodeCount: Int
    /// Row v: every u that v does not cause, and so every u from which an edge has an arrowhead at v.
    private let notCaused: [NodeSet]
    /// Row v: every u with a required edge `v → u`.
    private let effects: [NodeSet]

    /// Variables of one time.
    public struct Tier: Sendable, Hashable {
        /// The variables.
        public var nodes: [Int]
        /// Whether no variable of the tier causes another of it.
        public var forbidsEdgesWithin: Bool
        /// Whether the tier causes no tier but the next directly.
        public var causesOnlyNextTier: Bool

        /// Makes a tier.
        public init(_ nodes: [Int], forbidsEdgesWithin: Bool = false, causesOnlyNextTier: Bool = false) {
            self.nodes = nodes
            self.forbidsEdgesWithin = forbidsEdgesWithin
            self.causesOnlyNextTier = causesOnlyNextTier
        }
    }

    /// A direct cause and its effect.
    public struct DirectedEdge: Sendable, Hashable {
        /// The cause.
        public var cause: Int
        /// The effect.
        public var effect: Int

        /// Makes an edge.
        public init(_ cause: Int, _ effect: Int) { (self.cause, self.effect) = (cause, effect) }
    }

    /// Gathers knowledge.
    ///
    /// - Parameters:
    ///   - tiers: Earliest first; a variable is in one tier or in none.
    ///   - forbidden: Edges that do not exist.
    ///   - required: Edges that exist.
    ///   - names: What to call the variables in errors; their numbers when left out.
    /// - Throws: `DiscoveryError.node` for an unknown variable, `.contradictoryKnowledge` where the statements cannot
    ///   hold together.
    /// - Complexity: O(nodes² + statements); O(nodes³ / 64) with required edges.
    public init(
        nodeCount: Int, tiers: [Tier] = [], forbidden: [DirectedEdge] = [], required: [DirectedEdge] = [],
        names: [String]? = nil
    ) throws {
        precondition(nodeCount >= 0, "a graph cannot have \(nodeCount) nodes")
        var statements = KnowledgeStatements(nodeCount: nodeCount, names: names)
        try statements.add(tiers: tiers)
        for edge in forbidden { try statements.forbid(edge) }
        for edge in required { try statements.require(edge) }
        try statements.checkRequiredEdges()
        self.nodeCount = nodeCount
        notCaused = statements.notCaused
        effects = statements.effects
    }

    /// Whether the edge between two nodes is required, in either direction.
    func requires(_ a: Int, _ b: Int) -> Bool { effects[a].contains(b) || effects[b].contains(a) }

    /// Calls `body` with every mark that the knowledge licenses on the edges of a graph: the mark, the node it is at,
    /// and the node that the edge comes from.
    func forEachMark(in graph: MixedGraph, _ body: (Mark, Int, Int) -> Void) {
        for node in 0..<nodeCount {
            for other in graph.adjacent[node] & notCaused[node] { body(.arrow, node, other) }
            for effect in graph.adjacent[node] & effects[node] {
                body(.tail, node, effect)
                body(.arrow, effect, node)
            }
        }
    }

    /// - Throws: `DiscoveryError.knowledgeSize` when the knowledge is about another number of variables.
    func validate(nodeCount: Int) throws {
        guard self.nodeCount == nodeCount else {
            throw DiscoveryError.knowledgeSize(self.nodeCount, nodeCount: nodeCount)
        }
    }
}
