/// Iterative causal discovery along a known causal order, such as that of the tokens of a causal language model.
///
/// The order says that no node causes an earlier one, and that no selection was made on the nodes or their effects.
/// So every edge starts as `a o-> b`, a before b, and keeps the arrowhead at b whenever marks are cleared; and only
/// nodes before b can separate the two. Iteration r = 0, 1, 2, … is that of `ICD` in the graph over the nodes up to
/// b, with sets that start from b only.
///
/// That one side suffices: as b is no ancestor of a, the two are separated, if by anything, by D-SEP(b, a), the
/// nodes that a path of colliders joins to b, all of them ancestors of a or b (Spirtes, Glymour and Scheines 2000,
/// §6.7). The ancestors of both lie before b, so that set satisfies b's ICD-Sep conditions in every graph that is
/// sound; and each smaller legal set on the way to it exists, so that the iterations cannot end before its size.
/// Hence with an oracle and a true order the adjacencies are exact. Marks are sound, and as informative as the order
/// and the independences allow: R1 to R4 and R8 to R10 are complete for tiered background knowledge (Andrews, Spirtes
/// and Cooper 2020, *On the completeness of causal discovery in the presence of latent confounding with tiered
/// background knowledge*, AISTATS). Rules for selection bias find nothing to do: no edge is without an arrowhead.
///
/// Limits leave what they leave in `ICD`; at r = 0 the marks are circles, the order's arrowheads left out.
/// - Note: Rohekar et al. 2025, *A causal world model underlying next token prediction*, ICML. There edges go while
///   the iteration runs, and the tree uses each edge in one direction only, which keeps some that can be separated.
public struct OrderedICD: DiscoveryAlgorithm {
    /// Every node once, causes first.
    public let order: [Int]
    /// The choices of this run.
    public let options: DiscoveryOptions

    /// Makes the algorithm.
    ///
    /// - Parameter order: Every node of the test once, causes first.
    public init(order: [Int], options: DiscoveryOptions = DiscoveryOptions()) {
        (self.order, self.options) = (order, options)
    }

    /// Searches for the graph.
    ///
    /// - Throws: `DiscoveryError.order` for an order that does not name every node once, `.limit` for a negative
    ///   limit, `.knowledgeSize` for knowledge about another number of nodes.
    /// - Complexity: exponential in the largest ICD-Sep set, in tests; limits bound it.
    public func run(
        _ test: some IndependenceTest, progress: DiscoveryProgressHandler?
    ) throws -> DiscoveryResult {
        let order = try CausalOrder(order, nodeCount: test.nodeCount)
        return try IterativeSearch(options: options, order: order).run(test, progress: progress)
    }
}
